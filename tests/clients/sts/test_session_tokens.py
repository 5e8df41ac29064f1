"""GetSessionToken, GetFederationToken and GetCallerIdentity."""

import pytest
from answers import refused, same
from aws import ACCOUNT
from identities import allow, deny, document
from roles import Role, Session, credentials, sizes, trust


@pytest.fixture
def ann(user):
    made = user()
    made.may(allow(["sts:GetFederationToken", "sts:TagSession", "sts:AssumeRole"]))
    return made


def barred(operation):
    return refused(403, "AccessDenied", f"Cannot call {operation} with session credentials", Type="Sender")


class TestOfAUser:
    """GetSessionToken."""

    def test_the_whole_answer(self, user):
        """Nobody needs a permission for it, and no policy denies it."""
        bob = user()
        bob.may(deny("*"))
        answer = bob.client("sts").get_session_token()
        same(answer, 200, {"Credentials": credentials(43200), **sizes(answer)}, {"content-type": "text/xml"})
        same(Session(bob.aws, answer["Credentials"]).client("sts").get_caller_identity(), 200,
             {"UserId": bob.record["UserId"], "Account": ACCOUNT, "Arn": bob.arn})

    @pytest.mark.parametrize("given, seconds", [(900, 900), (129600, 129600)])
    def test_how_long(self, user, given, seconds):
        answer = user().client("sts").get_session_token(DurationSeconds=given, MinimumSessionTokenSize=2000)
        same(answer, 200, {"Credentials": credentials(seconds), **sizes(answer)})
        assert answer["SessionTokenSize"] >= 2000

    @pytest.mark.parametrize("given, rule", [(899, "greater than or equal to 900"), (129601, "less than or equal to 129600")])
    def test_not_that_long(self, aws, given, rule):
        with refused(400, "ValidationError", f"1 validation error detected: Value '{given}' at 'durationSeconds' failed "
                     f"to satisfy constraint: Member must have value {rule}", Type="Sender"):
            aws.client("sts", parameter_validation=False).get_session_token(DurationSeconds=given)

    def test_of_the_root(self, aws, queue):
        answer = aws.client("sts").get_session_token(DurationSeconds=7200)
        same(answer, 200, {"Credentials": credentials(3600), **sizes(answer)})
        session = Session(aws, answer["Credentials"])
        same(session.client("sts").get_caller_identity(), 200,
             {"UserId": ACCOUNT, "Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:root"})
        session.client("sqs").get_queue_attributes(QueueUrl=queue)

    def test_the_session_may_what_the_user_may(self, user, queue):
        bob = user()
        session = Session(bob.aws, bob.client("sts").get_session_token()["Credentials"]).client("sqs")
        with pytest.raises(session.exceptions.ClientError, match="AccessDenied"):
            session.get_queue_attributes(QueueUrl=queue)
        bob.may(allow("sqs:*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "false"}}))
        session.get_queue_attributes(QueueUrl=queue)

    def test_who_is_renamed_keeps_the_session(self, ann, iam, name, queue):
        """Rights go with the user; so does the name that the session has."""
        ann.may(allow("sqs:*"), policy="queues")
        sts, other = ann.client("sts"), name("renamed")
        own = Session(ann.aws, sts.get_session_token()["Credentials"])
        lent = Session(ann.aws, sts.get_federation_token(Name="bob", Policy=document(allow("sqs:*")))["Credentials"])
        iam.update_user(UserName=ann.name, NewUserName=other, NewPath="/elsewhere/")
        for session in (own, lent):
            session.client("sqs").get_queue_attributes(QueueUrl=queue)
        arn = f"arn:aws:iam::{ACCOUNT}:user/elsewhere/{other}"
        same(own.client("sts").get_caller_identity(), 200,
             {"UserId": ann.record["UserId"], "Account": ACCOUNT, "Arn": arn})
        iam.delete_user_policy(UserName=other, PolicyName="queues")
        with pytest.raises(Exception, match=f"AccessDenied.* User: {arn} is not authorized"):
            own.client("sqs").get_queue_attributes(QueueUrl=queue)
        iam.put_user_policy(UserName=other, PolicyName="queues", PolicyDocument=document(allow("sqs:*")))
        # Somebody else under the former name is somebody else.
        iam.create_user(UserName=ann.name)
        own.client("sqs").get_queue_attributes(QueueUrl=queue)
        iam.delete_user_policy(UserName=other, PolicyName="queues")
        iam.put_user_policy(UserName=ann.name, PolicyName="queues", PolicyDocument=document(allow("sqs:*")))
        with pytest.raises(Exception, match="AccessDenied"):
            own.client("sqs").get_queue_attributes(QueueUrl=queue)

    def test_neither_iam_nor_more_tokens(self, ann):
        session = Session(ann.aws, ann.client("sts").get_session_token()["Credentials"])
        sts = session.client("sts")
        with barred("GetSessionToken"):
            sts.get_session_token()
        with barred("GetFederationToken"):
            sts.get_federation_token(Name="bob")
        with barred("GetAccessKeyInfo"):
            sts.get_access_key_info(AccessKeyId="AKIAQI52OJVCPZXFYAOI")
        with refused(403, "InvalidClientTokenId", "The security token included in the request is invalid", Type="Sender"):
            session.client("iam").get_user()

    def test_a_role_by_it(self, ann, aws, iam, name):
        role = Role(aws, iam, name("role"), trust({"AWS": ann.arn}), MaxSessionDuration=7200)
        sts = Session(ann.aws, ann.client("sts").get_session_token()["Credentials"]).client("sts")
        role.assume(sts)
        with pytest.raises(sts.exceptions.ClientError, match="1 hour session limit for roles assumed by role chaining"):
            role.assume(sts, DurationSeconds=7200)

    def test_a_session_of_a_role_makes_no_more(self, ann, aws, iam, name):
        sts = Role(aws, iam, name("role")).session(ann.client("sts")).client("sts")
        with barred("GetSessionToken"):
            sts.get_session_token()
        with barred("GetFederationToken"):
            sts.get_federation_token(Name="bob")

    @pytest.mark.parametrize("given, why", [
        ({"SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/none"},
         "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."),
        ({"TokenCode": "123456"},
         "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."),
        ({"TokenCode": "123456", "SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/none"},
         "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid "
         "and associated with this user."),
    ])
    def test_a_device_that_is_not_there(self, ann, given, why):
        with refused(403, "AccessDenied", why, Type="Sender"):
            ann.client("sts").get_session_token(**given)

    def test_nobody(self, aws):
        with refused(403, "MissingAuthenticationToken", "Request is missing Authentication Token", Type="Sender"):
            aws.client("sts", anonymous=True).get_session_token()


class TestOfSomebodyElse:
    """GetFederationToken."""

    def test_the_whole_answer(self, ann):
        arn = f"arn:aws:sts::{ACCOUNT}:federated-user/bob"
        answer = ann.client("sts").get_federation_token(Name="bob")
        same(answer, 200, {
            "Credentials": credentials(43200), "FederatedUser": {"FederatedUserId": f"{ACCOUNT}:bob", "Arn": arn},
            **sizes(answer)}, {"content-type": "text/xml"})
        same(Session(ann.aws, answer["Credentials"]).client("sts").get_caller_identity(), 200,
             {"UserId": f"{ACCOUNT}:bob", "Account": ACCOUNT, "Arn": arn})

    def test_with_everything(self, ann):
        answer = ann.client("sts").get_federation_token(
            Name="bob", DurationSeconds=900, Policy=document(allow("s3:*")), Tags=[{"Key": "a", "Value": "1"}],
            PolicyArns=[{"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}], MinimumSessionTokenSize=3000)
        percent = answer["PackedPolicySize"]
        assert 1 <= percent <= 15 and answer["SessionTokenSize"] >= 3000
        same(answer, 200, {
            "Credentials": credentials(900), "PackedPolicySize": percent, **sizes(answer),
            "FederatedUser": {"FederatedUserId": f"{ACCOUNT}:bob",
                              "Arn": f"arn:aws:sts::{ACCOUNT}:federated-user/bob"}})

    def test_what_both_allow(self, ann, s3, bucket):
        ann.may(allow(["s3:GetObject", "s3:ListBucket"]), policy="s3")
        s3.put_object(Bucket=bucket, Key="k", Body=b"1")
        sts = ann.client("sts")
        policy = document(allow(["s3:GetObject", "s3:PutObject"]))
        both = Session(ann.aws, sts.get_federation_token(Name="bob", Policy=policy)["Credentials"]).client("s3")
        both.get_object(Bucket=bucket, Key="k")
        for call in (lambda: both.list_objects_v2(Bucket=bucket), lambda: both.put_object(Bucket=bucket, Key="k")):
            with pytest.raises(both.exceptions.ClientError, match="AccessDenied"):
                call()
        neither = Session(ann.aws, sts.get_federation_token(Name="bob")["Credentials"]).client("s3")
        with pytest.raises(neither.exceptions.ClientError, match="AccessDenied"):
            neither.get_object(Bucket=bucket, Key="k")

    def test_a_resource_that_names_it(self, ann, sqs, queue):
        """"These permissions are granted in addition to the permissions granted by the session policies"."""
        arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": document(allow(
            "sqs:SendMessage", arn, Principal={"AWS": f"arn:aws:sts::{ACCOUNT}:federated-user/bob"}))})
        sts = ann.client("sts")
        Session(ann.aws, sts.get_federation_token(Name="bob")["Credentials"]).client("sqs").send_message(
            QueueUrl=queue, MessageBody="x")
        carol = Session(ann.aws, sts.get_federation_token(Name="carol")["Credentials"]).client("sqs")
        with pytest.raises(carol.exceptions.ClientError, match="AccessDenied"):
            carol.send_message(QueueUrl=queue, MessageBody="x")

    def test_tags_are_condition_keys(self, ann, queue):
        ann.may(allow("sqs:*", Condition={"StringEquals": {"aws:PrincipalTag/team": "red"}}), policy="sqs")
        def session(**given):
            made = ann.client("sts").get_federation_token(Name="bob", Policy=document(allow("sqs:*")), **given)
            return Session(ann.aws, made["Credentials"]).client("sqs")
        session(Tags=[{"Key": "team", "Value": "red"}]).get_queue_attributes(QueueUrl=queue)
        other = session(Tags=[{"Key": "team", "Value": "blue"}])
        with pytest.raises(other.exceptions.ClientError, match="AccessDenied"):
            other.get_queue_attributes(QueueUrl=queue)

    def test_of_the_root(self, aws, queue):
        given = aws.client("sts").get_federation_token(Name="bob", Policy=document(allow("sqs:GetQueueAttributes")))
        assert given["Credentials"] == credentials(3600)
        session = Session(aws, given["Credentials"]).client("sqs")
        session.get_queue_attributes(QueueUrl=queue)
        with pytest.raises(session.exceptions.ClientError, match="AccessDenied"):
            session.purge_queue(QueueUrl=queue)

    def test_when_its_user_is_gone(self, ann, iam, queue):
        ann.may(allow("sqs:*"), policy="sqs")
        given = ann.client("sts").get_federation_token(Name="bob", Policy=document(allow("sqs:*")))
        session = Session(ann.aws, given["Credentials"]).client("sqs")
        session.get_queue_attributes(QueueUrl=queue)
        for policy in ("inline", "sqs"):
            iam.delete_user_policy(UserName=ann.name, PolicyName=policy)
        iam.delete_access_key(UserName=ann.name, AccessKeyId=ann.key)
        iam.delete_user(UserName=ann.name)
        again = type(ann)(ann.aws, iam, ann.name)
        again.may(allow("sqs:*"))
        with pytest.raises(session.exceptions.ClientError, match="AccessDenied"):
            session.get_queue_attributes(QueueUrl=queue)

    def test_neither_iam_nor_sts(self, ann, aws, iam, name):
        ann.may(allow("*"), policy="all")
        session = Session(ann.aws, ann.client("sts").get_federation_token(
            Name="bob", Policy=document(allow("*")))["Credentials"])
        sts = session.client("sts")
        role = Role(aws, iam, name("role"))
        with barred("AssumeRole"):
            role.assume(sts)
        with barred("GetAccessKeyInfo"):
            sts.get_access_key_info(AccessKeyId="AKIAQI52OJVCPZXFYAOI")
        with refused(403, "InvalidClientTokenId", "The security token included in the request is invalid", Type="Sender"):
            session.client("iam").list_users()

    def test_who_may_not(self, user):
        bob = user()
        with refused(403, "AccessDenied", f"User: {bob.arn} is not authorized to perform: sts:GetFederationToken on "
                     f"resource: arn:aws:sts::{ACCOUNT}:federated-user/x1", Type="Sender"):
            bob.client("sts").get_federation_token(Name="x1")
        bob.may(allow("sts:GetFederationToken", f"arn:aws:sts::{ACCOUNT}:federated-user/x*"))
        bob.client("sts").get_federation_token(Name="x1")
        with refused(403, "AccessDenied", f"User: {bob.arn} is not authorized to perform: sts:TagSession on "
                     f"resource: arn:aws:sts::{ACCOUNT}:federated-user/x1", Type="Sender"):
            bob.client("sts").get_federation_token(Name="x1", Tags=[{"Key": "a", "Value": "1"}])

    @pytest.mark.parametrize("given, why", [
        ({"Name": "a b"}, r"Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression "
         r"pattern: [\w+=,.@-]*"),
        ({"Name": "x" * 33}, f"Value '{'x' * 33}' at 'name' failed to satisfy constraint: Member must have length less "
         "than or equal to 32"),
        ({"Name": "ab", "DurationSeconds": 1}, "Value '1' at 'durationSeconds' failed to satisfy constraint: Member must "
         "have value greater than or equal to 900"),
    ])
    def test_what_is_refused(self, ann, given, why):
        with refused(400, "ValidationError", "1 validation error detected: " + why, Type="Sender"):
            ann.client("sts", parameter_validation=False).get_federation_token(**given)
