"""Who may use a key: its policy, the policies of users, grants."""

import json
import re

import pytest
from answers import Any, Now, Text, refused, same
from aws import ACCOUNT
from botocore.exceptions import ClientError
from identities import User

CIPHERTEXT = ("The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you "
              "are not allowed to access.")
ARN = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/"


@pytest.fixture
def user(aws, iam, name):
    """Makes a user with the statements of an inline policy; answers its KMS client and its ARN."""
    def make(*statements):
        who = name("user")
        arn = iam.create_user(UserName=who)["User"]["Arn"]
        if statements:
            iam.put_user_policy(UserName=who, PolicyName="p", PolicyDocument=document(*statements))
        made = iam.create_access_key(UserName=who)["AccessKey"]
        return aws.client("kms", key=made["AccessKeyId"], secret=made["SecretAccessKey"]), arn
    return make


@pytest.fixture(scope="module")
def iam(aws):
    return aws.client("iam")


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


ROOT = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"})


def denied(who, action, arn, why="because no identity-based policy allows the {action} action"):
    return refused(400, "AccessDeniedException", f"User: {who} is not authorized to perform: {action} on resource: {arn} "
                   f"{why.format(action=action)}")


def test_the_default_policy(kms, key):
    answer = same(kms.get_key_policy(KeyId=key["KeyId"]), 200, {"Policy": Any(str), "PolicyName": "default"})
    assert json.loads(answer["Policy"]) == {"Version": "2012-10-17", "Id": "key-default-1", "Statement": [{
        "Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": "kms:*", "Resource": "*"}]}
    same(kms.list_key_policies(KeyId=key["KeyId"]), 200, {"PolicyNames": ["default"], "Truncated": False})
    with refused(400, "NotFoundException", "No such policy exists"):
        kms.get_key_policy(KeyId=key["KeyId"], PolicyName="other")


def test_it_lets_the_accounts_policies_decide(kms, key, user):
    may, _ = user(allow("kms:Encrypt", key["Arn"]))
    may_not, who = user()
    blob = may.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    with denied(who, "kms:Encrypt", key["Arn"]):
        may_not.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    with refused(400, "AccessDeniedException", Text(".*not authorized to perform: kms:Decrypt.*")):
        may.decrypt(CiphertextBlob=blob)


def test_without_it_the_accounts_policies_say_nothing(kms, key, user):
    anyone, who = user(allow("kms:*"))
    only_root = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
                      Condition={"StringEquals": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:root"}})
    same(kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=document(only_root),
                            BypassPolicyLockoutSafetyCheck=True), 200)
    assert json.loads(kms.get_key_policy(KeyId=key["KeyId"])["Policy"])["Statement"] == [only_root]
    with denied(who, "kms:Encrypt", key["Arn"], "because no resource-based policy allows the {action} action"):
        anyone.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    kms.put_key_policy(KeyId=key["KeyId"], Policy=document(ROOT, allow("kms:Encrypt", Principal={"AWS": who})))
    nobody, other = user()
    anyone.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    with denied(other, "kms:Encrypt", key["Arn"]):
        nobody.encrypt(KeyId=key["KeyId"], Plaintext=b"x")


def test_a_key_policy_alone_is_enough(kms, key, user):
    client, who = user()
    kms.put_key_policy(KeyId=key["KeyId"], Policy=document(ROOT, allow("kms:DescribeKey", Principal={"AWS": who})))
    assert client.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["Arn"] == key["Arn"]
    deny = {**allow("kms:DescribeKey", Principal={"AWS": who}), "Effect": "Deny"}
    kms.put_key_policy(KeyId=key["KeyId"], Policy=document(ROOT, allow("kms:*", Principal={"AWS": who}), deny))
    with denied(who, "kms:DescribeKey", key["Arn"], "with an explicit deny in a resource-based policy"):
        client.describe_key(KeyId=key["KeyId"])


def test_policies_that_lock_everybody_out(kms, key):
    nobody = document(allow("kms:*", Principal={"AWS": "arn:aws:iam::111111111111:root"}))
    with refused(400, "MalformedPolicyDocumentException",
                 "The new key policy will not allow you to update the key policy in the future."):
        kms.put_key_policy(KeyId=key["KeyId"], Policy=nobody)
    with refused(400, "MalformedPolicyDocumentException",
                 "The new key policy will not allow you to update the key policy in the future."):
        kms.create_key(Policy=nobody)
    for wrong in ("{}", "no policy", document({"Effect": "Allow"})):
        with refused(400, "MalformedPolicyDocumentException", Any(str)):
            kms.put_key_policy(KeyId=key["KeyId"], Policy=wrong)
    with refused(400, "LimitExceededException", "The key policy is longer than 32768 bytes."):
        kms.put_key_policy(KeyId=key["KeyId"], Policy=document(*[ROOT] * 300))


def test_conditions_on_the_context(kms, key, user):
    client, who = user()
    condition = {"StringEquals": {"kms:EncryptionContext:App": "web"},
                 "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["App", "Stage"]}}
    kms.put_key_policy(KeyId=key["KeyId"], Policy=document(
        ROOT, allow(["kms:Encrypt", "kms:Decrypt"], Principal={"AWS": who}, Condition=condition)))
    for context in ({"App": "web"}, {"App": "web", "Stage": "live"}):
        blob = client.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext=context)["CiphertextBlob"]
        assert client.decrypt(CiphertextBlob=blob, EncryptionContext=context)["Plaintext"] == b"x"
    for context in ({}, {"App": "api"}, {"App": "web", "Other": "1"}):
        with denied(who, "kms:Encrypt", key["Arn"]):
            client.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext=context)


def test_conditions_on_keys_and_requests(kms, user, name):
    alias = f"alias/{name('a')}"
    tagged = kms.create_key(Tags=[{"TagKey": "team", "TagValue": "red"}])["KeyMetadata"]
    plain = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName=alias, TargetKeyId=plain["KeyId"])
    client, who = user(
        allow("kms:Encrypt", Condition={"StringEquals": {"aws:ResourceTag/team": "red"}}),
        allow("kms:DescribeKey", Condition={"StringEquals": {"kms:RequestAlias": alias}}),
        allow("kms:GenerateDataKey", Condition={"ForAnyValue:StringEquals": {"kms:ResourceAliases": alias}}),
        allow("kms:CreateKey", Condition={"StringEquals": {"kms:KeySpec": "HMAC_256"}}),
        allow("kms:TagResource", Condition={"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}),
    )
    client.encrypt(KeyId=tagged["KeyId"], Plaintext=b"x")
    with denied(who, "kms:Encrypt", plain["Arn"]):
        client.encrypt(KeyId=plain["KeyId"], Plaintext=b"x")
    client.describe_key(KeyId=alias)
    with denied(who, "kms:DescribeKey", plain["Arn"]):
        client.describe_key(KeyId=plain["KeyId"])
    client.generate_data_key(KeyId=plain["KeyId"], KeySpec="AES_256")
    with denied(who, "kms:GenerateDataKey", tagged["Arn"]):
        client.generate_data_key(KeyId=tagged["KeyId"], KeySpec="AES_256")
    client.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC", Tags=[{"TagKey": "team", "TagValue": "x"}])
    with denied(who, "kms:CreateKey", "*"):
        client.create_key()
    with refused(400, "AccessDeniedException", Text(".*kms:TagResource.*")):
        client.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC", Tags=[{"TagKey": "cost", "TagValue": "x"}])


def test_aliases_ask_for_both(kms, key, user, name):
    alias = f"alias/{name('a')}"
    arn = f"arn:aws:kms:us-east-1:{ACCOUNT}:{alias}"
    of_alias, one = user(allow("kms:CreateAlias", arn))
    of_key, two = user(allow("kms:CreateAlias", key["Arn"]))
    with denied(one, "kms:CreateAlias", key["Arn"]):
        of_alias.create_alias(AliasName=alias, TargetKeyId=key["KeyId"])
    with denied(two, "kms:CreateAlias", arn):
        of_key.create_alias(AliasName=alias, TargetKeyId=key["KeyId"])
    both, _ = user(allow("kms:CreateAlias", [arn, key["Arn"]]))
    both.create_alias(AliasName=alias, TargetKeyId=key["KeyId"])


def grant(kms, key, grantee, *operations, **more):
    return same(kms.create_grant(KeyId=key["KeyId"], GranteePrincipal=grantee, Operations=list(operations), **more), 200,
                {"GrantToken": Any(str), "GrantId": Text("[0-9a-f]{64}")})


def test_a_grant_lets_someone_in(kms, key, user):
    client, who = user()
    made = grant(kms, key, who, "Encrypt", "DescribeKey", Name="of-mine")
    blob = client.encrypt(KeyId=key["KeyId"], Plaintext=b"x", GrantTokens=[made["GrantToken"]])["CiphertextBlob"]
    client.describe_key(KeyId=key["Arn"])
    with refused(400, "AccessDeniedException", Text(".*kms:Decrypt.*")):
        client.decrypt(CiphertextBlob=blob)
    entry = {"KeyId": key["Arn"], "GrantId": made["GrantId"], "Name": "of-mine", "CreationDate": Now(), "GranteePrincipal": who,
             "IssuingAccount": f"arn:aws:iam::{ACCOUNT}:root", "Operations": ["Encrypt", "DescribeKey"]}
    same(kms.list_grants(KeyId=key["KeyId"]), 200, {"Grants": [entry], "Truncated": False})
    same(kms.list_grants(KeyId=key["KeyId"], GranteePrincipal=who), 200, {"Grants": [entry], "Truncated": False})
    same(kms.list_grants(KeyId=key["KeyId"], GrantId="0" * 64), 200, {"Grants": [], "Truncated": False})
    again = kms.create_grant(KeyId=key["KeyId"], GranteePrincipal=who, Operations=["Encrypt", "DescribeKey"], Name="of-mine")
    assert again["GrantId"] == made["GrantId"]
    same(kms.revoke_grant(KeyId=key["KeyId"], GrantId=made["GrantId"]), 200)
    with denied(who, "kms:Encrypt", key["Arn"]):
        client.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    with refused(400, "NotFoundException", f"Grant ID {made['GrantId']} not found"):
        kms.revoke_grant(KeyId=key["KeyId"], GrantId=made["GrantId"])


def test_constraints(kms, key, user):
    client, who = user()
    grant(kms, key, who, "Encrypt", Constraints={"EncryptionContextSubset": {"a": "1"}})
    grant(kms, key, who, "GenerateDataKey", Constraints={"EncryptionContextEquals": {"a": "1"}})
    for context in ({"a": "1"}, {"a": "1", "b": "2"}):
        client.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext=context)
    client.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256", EncryptionContext={"a": "1"})
    for call, action, context in ((client.encrypt, "kms:Encrypt", {"a": "2"}), (client.encrypt, "kms:Encrypt", {}),
                                  (client.generate_data_key, "kms:GenerateDataKey", {"a": "1", "b": "2"})):
        more = {"Plaintext": b"x"} if call == client.encrypt else {"KeySpec": "AES_256"}
        with denied(who, action, key["Arn"]):
            call(KeyId=key["KeyId"], EncryptionContext=context, **more)


def test_grants_are_retired(kms, key, user):
    holder, who = user()
    retirer, other = user()
    stranger, third = user()
    made = grant(kms, key, who, "Encrypt", "RetireGrant", RetiringPrincipal=other)
    listed = same(kms.list_retirable_grants(RetiringPrincipal=other), 200, {"Grants": [Any(dict)], "Truncated": False})
    assert listed["Grants"][0]["GrantId"] == made["GrantId"]
    with denied(third, "kms:RetireGrant", key["Arn"]):
        stranger.retire_grant(GrantToken=made["GrantToken"])
    same(retirer.retire_grant(GrantToken=made["GrantToken"]), 200)
    assert kms.list_grants(KeyId=key["KeyId"])["Grants"] == []
    made = grant(kms, key, who, "Encrypt", "RetireGrant")
    same(holder.retire_grant(KeyId=key["Arn"], GrantId=made["GrantId"]), 200)
    with refused(400, "NotFoundException", f"Grant ID {made['GrantId']} not found"):
        holder.retire_grant(KeyId=key["Arn"], GrantId=made["GrantId"])
    with refused(400, "InvalidGrantTokenException", "The grant token is not valid."):
        holder.retire_grant(GrantToken="nonsense")
    with refused(400, "ValidationException", "Specify either a GrantToken, or both KeyId and GrantId."):
        holder.retire_grant(KeyId=key["Arn"])


def test_a_grant_gives_no_more_than_it_has(kms, key, user):
    client, who = user()
    _, other = user()
    grant(kms, key, who, "CreateGrant", "Encrypt")
    grant(client, key, other, "Encrypt")
    with denied(who, "kms:CreateGrant", key["Arn"]):
        client.create_grant(KeyId=key["KeyId"], GranteePrincipal=other, Operations=["Encrypt", "Decrypt"])


def test_grants_that_are_none(kms, key):
    who = f"arn:aws:iam::{ACCOUNT}:user/ann"
    for asked, code, message in (
        ({"GranteePrincipal": "ann"}, "InvalidArnException", "Invalid arn ann"),
        ({}, "ValidationException", "Either GranteePrincipal or GranteeServicePrincipal must be specified."),
        ({"GranteePrincipal": who, "Operations": ["Sign"]}, "ValidationException",
         "Grant operation Sign is not valid for key spec SYMMETRIC_DEFAULT."),
        ({"GranteeServicePrincipal": "s3.amazonaws.com"}, "ValidationException",
         "A SourceArn constraint is required with GranteeServicePrincipal."),
        ({"GranteePrincipal": who, "Constraints": {"EncryptionContextEquals": {str(n): "" for n in range(9)}}},
         "ValidationException", "A grant constraint has 8 encryption context pairs at most."),
        ({"GranteePrincipal": who, "Constraints": {"EncryptionContextSubset": {"a": "é" * 385}}},
         "ValidationException", "An encryption context value in a grant constraint has 384 characters at most."),
        ({"GranteePrincipal": who, "DryRun": True}, "DryRunOperationException",
         "The request would have succeeded, but the DryRun option is set."),
    ):
        with refused(400, code, message):
            kms.create_grant(**{"KeyId": key["KeyId"], "Operations": ["Encrypt"], **asked})
    assert kms.list_grants(KeyId=key["KeyId"])["Grants"] == []
    with refused(400, "InvalidGrantTokenException", "The grant token is not valid."):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", GrantTokens=["nonsense"])
    kms.disable_key(KeyId=key["KeyId"])
    with refused(400, "DisabledException", f"{key['Arn']} is disabled."):
        kms.create_grant(KeyId=key["KeyId"], GranteePrincipal=who, Operations=["Encrypt"])


def test_grants_are_listed_in_pages(kms, key):
    made = {kms.create_grant(KeyId=key["KeyId"], GranteePrincipal=f"arn:aws:iam::{ACCOUNT}:user/u{n}",
                             RetiringPrincipal=f"arn:aws:iam::{ACCOUNT}:user/pages", Operations=["Encrypt"])["GrantId"]
            for n in range(5)}
    for call, asked in ((kms.list_grants, {"KeyId": key["KeyId"]}),
                        (kms.list_retirable_grants, {"RetiringPrincipal": f"arn:aws:iam::{ACCOUNT}:user/pages"})):
        seen, marker = [], {}
        while True:
            page = call(Limit=2, **asked, **marker)
            seen += [grant["GrantId"] for grant in page["Grants"]]
            if not page["Truncated"]:
                break
            marker = {"Marker": page["NextMarker"]}
        assert len(seen) == 5 and set(seen) == made


def test_strangers(aws, key):
    anonymous = aws.client("kms", anonymous=True)
    with pytest.raises(anonymous.exceptions.ClientError) as error:
        anonymous.describe_key(KeyId=key["Arn"])
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 403)
    foreign = key["Arn"].replace(ACCOUNT, "111111111111")
    with refused(400, "AccessDeniedException", Text(f"User: arn:aws:iam::{ACCOUNT}:root is not authorized to perform: "
                                                    f"kms:DescribeKey on resource: {foreign} because .*")):
        aws.client("kms").describe_key(KeyId=foreign)


@pytest.fixture
def other_account(own_server, own_aws):
    """The root of account 111122223333, as a maker of clients."""
    printed = own_server.admin("account", "create", "--name", "other", "--id", "111122223333")
    key, secret = re.search(r"AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+)", printed).groups()
    return lambda service: own_aws.client(service, key=key, secret=secret)


def test_from_a_key_of_one_account_to_one_of_another(own_aws, other_account):
    """ReEncrypt asks both keys' policies, and what the caller may by its own."""
    ours, theirs = own_aws.client("kms"), other_account("kms")
    ann = User(own_aws, own_aws.client("iam"), "ann")
    kms = ann.client("kms")
    from_key, to_key = theirs.create_key()["KeyMetadata"], ours.create_key()["KeyMetadata"]
    blob = theirs.encrypt(KeyId=from_key["KeyId"], Plaintext=b"x", EncryptionContext={"a": "1"})["CiphertextBlob"]

    def move(**asked):
        return kms.re_encrypt(**{"CiphertextBlob": blob, "SourceEncryptionContext": {"a": "1"},
                                 "DestinationKeyId": to_key["Arn"], **asked})

    def lets(client, key, *statements, root):
        client.put_key_policy(KeyId=key["KeyId"], Policy=document(
            allow("kms:*", Principal={"AWS": f"arn:aws:iam::{root}:root"}), *statements))

    with denied(ann.arn, "kms:ReEncryptTo", to_key["Arn"]):
        move()
    ann.may(allow("kms:ReEncryptTo"))
    # Whose key it is, in another account, is told to nobody who may not use it.
    with refused(400, "AccessDeniedException", CIPHERTEXT):
        move()
    # The key's policy alone is not enough, nor is the user's alone.
    may_from = allow("kms:ReEncryptFrom", Principal={"AWS": ann.arn}, Condition={
        "StringEquals": {"kms:EncryptionContext:a": "1"}, "Bool": {"kms:ReEncryptOnSameKey": "false"}})
    lets(theirs, from_key, may_from, root="111122223333")
    with refused(400, "AccessDeniedException", CIPHERTEXT):
        move()
    ann.may(allow("kms:ReEncrypt*"))
    answer = same(move(SourceKeyId=from_key["Arn"]), 200, {
        "CiphertextBlob": Any(bytes), "SourceKeyId": from_key["Arn"], "KeyId": to_key["Arn"],
        "SourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT", "DestinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        "SourceKeyMaterialId": from_key["CurrentKeyMaterialId"], "DestinationKeyMaterialId": to_key["CurrentKeyMaterialId"]})
    assert ours.decrypt(CiphertextBlob=answer["CiphertextBlob"])["Plaintext"] == b"x"
    assert move()["SourceKeyId"] == from_key["Arn"], "the ciphertext names it"
    with refused(400, "AccessDeniedException", CIPHERTEXT):
        move(SourceEncryptionContext={"a": "2"})
    with refused(400, "DryRunOperationException", "The request would have succeeded, but the DryRun option is set."):
        move(DryRun=True)
    # The other way round: theirs is the destination, and nobody there has let her in yet.
    back = answer["CiphertextBlob"]
    with refused(400, "AccessDeniedException", Text(".*kms:ReEncryptTo.*")):
        kms.re_encrypt(CiphertextBlob=back, DestinationKeyId=from_key["Arn"])
    lets(theirs, from_key, allow("kms:ReEncryptTo", Principal={"AWS": ann.arn}), root="111122223333")
    moved = kms.re_encrypt(CiphertextBlob=back, DestinationKeyId=from_key["Arn"])
    assert theirs.decrypt(CiphertextBlob=moved["CiphertextBlob"])["Plaintext"] == b"x"
    theirs.disable_key(KeyId=from_key["KeyId"])
    with refused(400, "DisabledException", f"{from_key['Arn']} is disabled."):
        kms.re_encrypt(CiphertextBlob=back, DestinationKeyId=from_key["Arn"])
    # What a key that is not there has encrypted.
    theirs.schedule_key_deletion(KeyId=from_key["KeyId"], PendingWindowInDays=7)
    own = bytearray(blob)
    own[10] ^= 1
    with refused(400, "AccessDeniedException", Text("The ciphertext refers to .*")):
        move(CiphertextBlob=bytes(own))


def test_other_accounts_are_not_told_which_keys_and_aliases_there_are(own_aws, other_account):
    """One that is there is refused as one that is not."""
    ours, theirs = own_aws.client("kms"), other_account("kms")
    arn = ours.create_key()["KeyMetadata"]["Arn"]
    alias = arn.rsplit(":", 1)[0] + ":alias/prod"
    ours.create_alias(AliasName="alias/prod", TargetKeyId=arn)

    def answer(call, about):
        with pytest.raises(ClientError) as error:
            call(about)
        told = error.value.response["Error"]
        assert about in told["Message"] and told["Code"] == "AccessDeniedException"
        return told["Message"].replace(about, "IT")

    for call in (lambda key: theirs.describe_key(KeyId=key), lambda key: theirs.encrypt(KeyId=key, Plaintext=b"x")):
        for there, not_there in ((arn, arn[:-12] + "0" * 12), (alias, alias + "-none")):
            assert answer(call, there) == answer(call, not_there)
    blob = ours.encrypt(KeyId=arn, Plaintext=b"x")["CiphertextBlob"]
    with refused(400, "AccessDeniedException", CIPHERTEXT):
        theirs.decrypt(CiphertextBlob=blob)
