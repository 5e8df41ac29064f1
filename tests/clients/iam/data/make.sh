#!/bin/sh
# Makes the certificates and keys of this folder: a root, an intermediate of it, a server of that; servers with other
# kinds of keys, which sign themselves; an SSH key.
set -eu
cd "$(dirname "$0")"
subject() { printf '/O=Kumiki tests/CN=%s' "$1"; }
days=36500
openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days $days -subj "$(subject root)"
openssl req -newkey rsa:2048 -nodes -keyout middle.key -out middle.csr -subj "$(subject middle)"
printf 'basicConstraints=critical,CA:TRUE' > ca.ext
openssl x509 -req -in middle.csr -CA root.pem -CAkey root.key -CAcreateserial -out middle.pem -days $days -extfile ca.ext
openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj "$(subject server)"
openssl x509 -req -in server.csr -CA middle.pem -CAkey middle.key -CAcreateserial -out server.pem -days $days
openssl rsa -in server.key -traditional -out server-pkcs1.key
openssl rsa -in server.key -aes128 -passout pass:secret -out server-encrypted.key
openssl ecparam -name prime256v1 -genkey -out p256.key
openssl req -x509 -new -key p256.key -out p256.pem -days $days -subj "$(subject p256)"
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.key
openssl req -x509 -new -key p384.key -out p384.pem -days $days -subj "$(subject p384)"
ssh-keygen -q -t rsa -b 2048 -N '' -C 'ann@example.com' -f ssh
ssh-keygen -e -m PKCS8 -f ssh.pub > ssh.pem
ssh-keygen -l -E md5 -f ssh.pub | sed 's/.*MD5:\([0-9a-f:]*\).*/\1/' > ssh.md5
ssh-keygen -q -t ed25519 -N '' -C '' -f ed25519
rm -f ./*.csr ./*.srl ./*.ext root.key middle.key ssh ed25519
