// Messages of SNS before AWS's own validator for JavaScript, which knows nothing of this server but where it is.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import https from "node:https";
import { after, before, test } from "node:test";
import tls from "node:tls";
import {
  ConfirmSubscriptionCommand, CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand, UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient,
} from "@aws-sdk/client-sqs";
import MessageValidator from "sns-validator";

const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL);
const plain = { maxAttempts: 1, endpoint: process.env.AWS_ENDPOINT_URL };
const sns = new SNSClient(plain);
const sqs = new SQSClient(plain);
const here = new RegExp(`^${hostname.replaceAll(".", "\\.")}:${port}$`);
const run = randomBytes(3).toString("hex");
const came = [];
const waiting = [];
let endpoint, count = 0;

before(async () => {
  // What the validator asks goes to this server, whatever host it believes it talks to; certificates are judged as ever.
  https.globalAgent = new https.Agent({ ca: readFileSync(process.env.KUMIKI_CA) });
  https.globalAgent.createConnection = (options) => tls.connect({ ...options, host: hostname, port });
  endpoint = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => { text += part; });
    request.on("end", () => {
      response.end();
      const message = JSON.parse(text);
      if (waiting.length > 0) waiting.shift()(message); else came.push(message);
    });
  });
  await new Promise((done) => endpoint.listen(0, "127.0.0.1", done));
});

after(() => { endpoint.close(); endpoint.closeAllConnections(); });

const next = () => new Promise((done) => { if (came.length > 0) done(came.shift()); else waiting.push(done); });

const validated = (message, pattern = here) => new Promise((done, failed) => {
  new MessageValidator(pattern).validate(structuredClone(message), (error, seen) => (error ? failed(error) : done(seen)));
});

const invalid = (message) => assert.rejects(validated(message), { message: "The message signature is invalid." });

async function topic(SignatureVersion) {
  const made = await sns.send(new CreateTopicCommand({ Name: `js-${run}-${count++}`, Attributes: { SignatureVersion } }));
  return made.TopicArn;
}

const subscribe = (client, TopicArn) => client.send(new SubscribeCommand({
  TopicArn, Protocol: "http", Endpoint: `http://127.0.0.1:${endpoint.address().port}/${count++}`,
}));

for (const version of ["1", "2"]) {
  test(`an endpoint's messages of version ${version}`, { timeout: 60_000 }, async () => {
    const TopicArn = await topic(version);
    await subscribe(sns, TopicArn);
    const asked = await next();
    assert.equal(asked.Type, "SubscriptionConfirmation");
    assert.equal(asked.SignatureVersion, version);
    assert.deepEqual(await validated(asked), asked);
    for (const field of ["Token", "SubscribeURL", "Message", "TopicArn"]) await invalid({ ...asked, [field]: `${asked[field]}x` });
    const { SubscriptionArn } = await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: asked.Token }));

    await sns.send(new PublishCommand({ TopicArn, Message: "grüße, 世界 🦀\n\"quoted\"", Subject: "About" }));
    const message = await next();
    assert.equal(message.Message, "grüße, 世界 🦀\n\"quoted\"");
    assert.equal(message.SignatureVersion, version);
    assert.deepEqual(await validated(message), message);
    for (const field of ["Message", "Subject", "Timestamp", "MessageId"]) await invalid({ ...message, [field]: `${message[field]}x` });
    await invalid({ ...message, SignatureVersion: version === "1" ? "2" : "1" });
    await invalid({ ...message, Signature: asked.Signature });

    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    const farewell = await next();
    assert.equal(farewell.Type, "UnsubscribeConfirmation");
    // AWS signs the token of these, too; the validator of JavaScript looks for it in confirmations of subscriptions only.
    await invalid(farewell);
  });

  test(`a queue's messages of version ${version}`, { timeout: 60_000 }, async () => {
    const TopicArn = await topic(version);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `js-validator-${run}-${count++}` }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{
      Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: Attributes.QueueArn,
      Condition: { ArnEquals: { "aws:SourceArn": TopicArn } } }] });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: Attributes.QueueArn }));
    await sns.send(new PublishCommand({ TopicArn, Message: "without a subject" }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    const message = JSON.parse(Messages[0].Body);
    assert.deepEqual(await validated(message), message);
    await invalid({ ...message, Message: "another" });
  });
}

test("the validator as it comes, for a subscriber who knows the server by AWS's name", { timeout: 60_000 }, async () => {
  const named = new SNSClient(plain);
  named.middlewareStack.add(
    (following) => (call) => { call.request.headers.host = "sns.us-east-1.amazonaws.com"; return following(call); },
    { step: "build", priority: "low" },
  );
  const TopicArn = await topic("2");
  await subscribe(named, TopicArn);
  const asked = await next();
  assert.match(asked.SigningCertURL, /^https:\/\/sns\.us-east-1\.amazonaws\.com\/SimpleNotificationService-[0-9a-f]{32}\.pem$/);
  assert.deepEqual(await validated(asked, null), asked);
  // Elsewhere it takes no certificate from.
  await assert.rejects(validated({ ...asked, SigningCertURL: asked.SigningCertURL.replace("us-east-1.amazonaws", "evil") }, null),
    { message: "The certificate is located on an invalid domain." });
});
