"""AssumeRole: who may, for how long, and with what."""

import pytest
from answers import refused, same
from aws import ACCOUNT
from identities import allow, deny, document
from roles import Role, credentials, sizes, trust


@pytest.fixture
def role(aws, iam, name):
    """Makes roles; without statements anyone of any account is trusted."""
    return lambda *statements, **given: Role(aws, iam, name("role"), *statements, **given)


@pytest.fixture
def ann(user):
    """A user who may assume every role that trusts her account, with tags and source identity."""
    made = user()
    made.may(allow(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]))
    return made


def denied(who, role, action="sts:AssumeRole", why=""):
    arn = who if isinstance(who, str) else who.arn
    return refused(403, "AccessDenied", f"User: {arn} is not authorized to perform: {action} on resource: {role.arn}{why}",
                   Type="Sender")


EVERYTHING = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]


def test_the_whole_answer(ann, role):
    made = role(trust({"AWS": ann.arn}))
    answer = made.assume(ann.client("sts"), "one")
    same(answer, 200, {
        "Credentials": credentials(3600),
        "AssumedRoleUser": {"AssumedRoleId": f"{made.id}:one",
                            "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{made.name}/one"},
        **sizes(answer),
    }, {"content-type": "text/xml"})


def test_with_everything(ann, role):
    made = role(trust({"AWS": ann.arn}, *EVERYTHING), Path="/a/b/", MaxSessionDuration=7200,
                Tags=[{"Key": "team", "Value": "red"}])
    answer = made.assume(
        ann.client("sts"), "one", DurationSeconds=7200, Policy=document(allow("s3:*")),
        PolicyArns=[{"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}], SourceIdentity="ann",
        Tags=[{"Key": "project", "Value": "x"}], TransitiveTagKeys=["project"], ExternalId="77")
    percent = answer["PackedPolicySize"]
    assert 1 <= percent <= 15
    same(answer, 200, {
        "Credentials": credentials(7200), "PackedPolicySize": percent, "SourceIdentity": "ann",
        "AssumedRoleUser": {"AssumedRoleId": f"{made.id}:one",
                            "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{made.name}/one"},
        **sizes(answer),
    })


def test_who_the_session_is(ann, role):
    made = role()
    session = made.session(ann.client("sts"), "one")
    same(session.client("sts").get_caller_identity(), 200, {
        "UserId": f"{made.id}:one", "Account": ACCOUNT, "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{made.name}/one"})


def test_a_token_as_long_as_wanted(ann, role):
    made, sts = role(), ann.client("sts")
    answer = made.assume(sts, MinimumSessionTokenSize=4000)
    assert 4000 <= answer["SessionTokenSize"] == len(answer["Credentials"]["SessionToken"]) <= 4010
    assert made.session(sts, MinimumSessionTokenSize=4000).client("sts").get_caller_identity()["Account"] == ACCOUNT


def test_a_role_that_is_not_there(ann, role, iam):
    made = role()
    iam.delete_role(RoleName=made.name)
    with denied(ann, made):
        made.assume(ann.client("sts"))


def test_a_role_at_another_path(ann, role):
    made = role(Path="/a/")
    made.arn = made.arn.replace("/a/", "/")
    with denied(ann, made):
        made.assume(ann.client("sts"))


def test_the_root_may_not(role, aws):
    made = role()
    with refused(403, "AccessDenied", "Roles may not be assumed by root accounts.", Type="Sender"):
        made.assume(aws.client("sts"))


def test_nobody_may(role, aws):
    made = role()
    with refused(403, "MissingAuthenticationToken", "Request is missing Authentication Token", Type="Sender"):
        made.assume(aws.client("sts", anonymous=True))


def test_a_user_whom_the_role_names_needs_no_policy(user, role):
    bob = user()
    role(trust({"AWS": bob.arn})).assume(bob.client("sts"))


def test_a_user_of_an_account_that_the_role_names_needs_one(user, role):
    bob, made = user(), role(trust({"AWS": ACCOUNT}))
    with denied(bob, made):
        made.assume(bob.client("sts"))
    bob.may(allow("sts:AssumeRole", made.arn))
    made.assume(bob.client("sts"))


def test_a_policy_is_not_enough_without_trust(user, role):
    bob, carol = user(), user()
    made = role(trust({"AWS": carol.arn}))
    bob.may(allow("*"))
    with denied(bob, made):
        made.assume(bob.client("sts"))


def test_an_explicit_deny_wins(user, role):
    bob = user()
    made = role(trust({"AWS": bob.arn}))
    bob.may(deny("sts:AssumeRole", made.arn))
    with denied(bob, made, why=" with an explicit deny in an identity-based policy"):
        made.assume(bob.client("sts"))


def test_a_deny_in_the_trust_policy(ann, role):
    made = role(trust({"AWS": ann.arn}), {**trust({"AWS": "*"}), "Effect": "Deny"})
    with denied(ann, made, why=" with an explicit deny in a resource-based policy"):
        made.assume(ann.client("sts"))


def test_another_role_of_that_name_trusts_anew(user, role, iam, name):
    """Trust names a user by its unique id."""
    bob = user()
    made = role(trust({"AWS": bob.arn}))
    iam.delete_access_key(UserName=bob.name, AccessKeyId=bob.key)
    iam.delete_user(UserName=bob.name)
    again = type(bob)(bob.aws, iam, bob.name)
    with denied(again, made):
        made.assume(again.client("sts"))


@pytest.mark.parametrize("key, given, other", [
    ("sts:ExternalId", {"ExternalId": "77"}, {"ExternalId": "78"}),
    ("sts:ExternalId", {"ExternalId": "77"}, {}),
    ("sts:SourceIdentity", {"SourceIdentity": "77"}, {"SourceIdentity": "78"}),
    ("aws:RequestTag/Project", {"Tags": [{"Key": "Project", "Value": "77"}]}, {"Tags": [{"Key": "Project", "Value": "x"}]}),
    ("sts:RoleSessionName", {"session": "77"}, {}),
])
def test_conditions_of_the_trust_policy(ann, role, key, given, other):
    made = role(trust({"AWS": ann.arn}, *EVERYTHING, StringEquals={key: "77"}))
    made.assume(ann.client("sts"), **given)
    with denied(ann, made):
        made.assume(ann.client("sts"), **other)


def test_conditions_on_tag_keys(ann, role):
    made = role(trust({"AWS": ann.arn}, *EVERYTHING, **{
        "ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"], "sts:TransitiveTagKeys": ["a"]}}))
    a, b, c = ({"Key": key, "Value": "1"} for key in "abc")
    made.assume(ann.client("sts"), Tags=[a, b], TransitiveTagKeys=["a"])
    for given in ({"Tags": [a, c]}, {"Tags": [a, b], "TransitiveTagKeys": ["a", "b"]}):
        with denied(ann, made):
            made.assume(ann.client("sts"), **given)


def test_the_role_s_own_tags_in_a_policy(user, role):
    bob = user()
    bob.may(allow("sts:AssumeRole", Condition={"StringEquals": {"iam:ResourceTag/team": "red"}}))
    red, blue = (role(trust({"AWS": ACCOUNT}), Tags=[{"Key": "team", "Value": team}]) for team in ("red", "blue"))
    red.assume(bob.client("sts"))
    with denied(bob, blue):
        blue.assume(bob.client("sts"))


@pytest.mark.parametrize("action, given", [
    ("sts:TagSession", {"Tags": [{"Key": "a", "Value": "1"}]}),
    ("sts:SetSourceIdentity", {"SourceIdentity": "ann"}),
])
def test_tags_and_source_identity_need_their_own_action(ann, role, action, given):
    made = role(trust({"AWS": ann.arn}))
    with denied(ann, made, action):
        made.assume(ann.client("sts"), **given)


def test_the_session_s_tags_and_source_identity_are_condition_keys(ann, role, sqs, queue):
    made = role(trust({"AWS": ann.arn}, *EVERYTHING), Tags=[{"Key": "Team", "Value": "blue"}])
    made.may(allow("sqs:*", Condition={"StringEquals": {
        "aws:PrincipalTag/team": "red", "aws:SourceIdentity": "ann"}}))
    sts = ann.client("sts")
    good = made.session(sts, SourceIdentity="ann", Tags=[{"Key": "team", "Value": "red"}]).client("sqs")
    good.get_queue_attributes(QueueUrl=queue)
    for given in ({"SourceIdentity": "ann"}, {"Tags": [{"Key": "team", "Value": "red"}]}):
        bad = made.session(sts, **given).client("sqs")
        with pytest.raises(bad.exceptions.ClientError, match="AccessDenied"):
            bad.get_queue_attributes(QueueUrl=queue)


def test_a_change_of_the_role_shows_at_once(ann, role, queue):
    made = role()
    session = made.session(ann.client("sts")).client("sqs")
    with pytest.raises(session.exceptions.ClientError, match="AccessDenied"):
        session.get_queue_attributes(QueueUrl=queue)
    made.may(allow("sqs:*"))
    session.get_queue_attributes(QueueUrl=queue)


def test_session_policies_only_narrow(ann, role, s3, bucket):
    made = role()
    made.may(allow(["s3:PutObject", "s3:GetObject"]))
    s3.put_object(Bucket=bucket, Key="k", Body=b"1")
    session = made.session(ann.client("sts"), Policy=document(allow(["s3:GetObject", "s3:DeleteObject"]))).client("s3")
    session.get_object(Bucket=bucket, Key="k")
    arn, me = f"arn:aws:s3:::{bucket}/k", f"arn:aws:sts::{ACCOUNT}:assumed-role/{made.name}/session"
    for call, action, why in ((session.put_object, "s3:PutObject", "session policy"),
                              (session.delete_object, "s3:DeleteObject", "identity-based policy")):
        with pytest.raises(session.exceptions.ClientError) as error:
            call(Bucket=bucket, Key="k")
        assert error.value.response["Error"]["Message"] == (
            f'User: {me} is not authorized to perform: {action} on resource: "{arn}" because no {why} allows the '
            f"{action} action")


def test_policies_that_are_none(ann, role):
    made, sts = role(), ann.client("sts")
    with pytest.raises(sts.exceptions.MalformedPolicyDocumentException, match="This policy contains invalid Json"):
        made.assume(sts, Policy="{")
    with refused(400, "MalformedPolicyDocument", "Missing required field Action", Type="Sender"):
        made.assume(sts, Policy=document({"Effect": "Allow", "Resource": "*"}))
    long = document(allow("s3:GetObject", "arn:aws:s3:::" + "x" * 2000))
    with refused(400, "ValidationError", f"1 validation error detected: Value '{long}' at 'policy' failed to satisfy "
                 "constraint: Member must have length less than or equal to 2048", Type="Sender"):
        made.assume(sts, Policy=long)
    many = [{"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}] * 11
    with pytest.raises(sts.exceptions.ClientError, match="'policyArns' failed to satisfy constraint: Member must have "
                                                         "length less than or equal to 10"):
        made.assume(sts, PolicyArns=many)
    gone = f"arn:aws:iam::{ACCOUNT}:policy/gone"
    with refused(400, "ValidationError", f"The policy {gone} does not exist or is not attachable.", Type="Sender"):
        made.assume(sts, PolicyArns=[{"arn": gone}])


def test_too_much_to_pack(ann, role):
    made = role(trust({"AWS": ann.arn}, *EVERYTHING))
    tags = [{"Key": f"{i}" * 50, "Value": "v" * 250} for i in range(5)]
    with refused(400, "PackedPolicyTooLarge", "Packed size of session tags consumes 220% of allotted space.",
                 Type="Sender"):
        made.assume(ann.client("sts"), Tags=tags)


@pytest.mark.parametrize("given, code, why", [
    ({"session": "a b"}, "ValidationError", "1 validation error detected: Value 'a b' at 'roleSessionName' failed to "
     r"satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*"),
    ({"session": "a"}, "ValidationError", "1 validation error detected: Value 'a' at 'roleSessionName' failed to satisfy "
     "constraint: Member must have length greater than or equal to 2"),
    ({"SourceIdentity": "a b"}, "ValidationError", "1 validation error detected: Value 'a b' at 'sourceIdentity' failed "
     r"to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*"),
    ({"ExternalId": "a b"}, "ValidationError", "1 validation error detected: Value 'a b' at 'externalId' failed to "
     r"satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@:\/-]*"),
    ({"DurationSeconds": 899}, "ValidationError", "1 validation error detected: Value '899' at 'durationSeconds' failed "
     "to satisfy constraint: Member must have value greater than or equal to 900"),
    ({"DurationSeconds": 43201}, "ValidationError", "1 validation error detected: Value '43201' at 'durationSeconds' "
     "failed to satisfy constraint: Member must have value less than or equal to 43200"),
    ({"DurationSeconds": 3601}, "ValidationError",
     "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
    ({"Tags": [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]}, "InvalidParameterValue",
     "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
    ({"Tags": [{"Key": "a", "Value": "1"}], "TransitiveTagKeys": ["b"]}, "InvalidParameterValue",
     "The specified transitive tag key must be included in the requested tags."),
])
def test_what_is_refused(aws, ann, role, given, code, why):
    sts = ann.client("sts", parameter_validation=False)
    with refused(400, code, why, Type="Sender"):
        role().assume(sts, **given)


@pytest.mark.parametrize("arn, why", [
    ("role/deploy-to-production", "role/deploy-to-production is invalid"),
    ("arn:aws:iam::000000000000:user/deploy", "Request ARN is invalid"),
    ("arn:aws:iam::0000:role/deploy-it", "Request ARN is invalid"),
])
def test_what_is_no_role(ann, arn, why):
    with refused(400, "ValidationError", why, Type="Sender"):
        ann.client("sts").assume_role(RoleArn=arn, RoleSessionName="one")


class TestChains:
    """A role that assumes another."""

    @pytest.fixture
    def pair(self, ann, role):
        first = role(trust({"AWS": ann.arn}, *EVERYTHING))
        first.may(allow(EVERYTHING))
        second = role(trust({"AWS": first.arn}, *EVERYTHING), MaxSessionDuration=43200)
        return first, second

    def test_an_hour_at_most(self, ann, pair):
        first, second = pair
        sts = first.session(ann.client("sts")).client("sts")
        second.assume(sts, DurationSeconds=3600)
        with refused(400, "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles "
                     "assumed by role chaining.", Type="Sender"):
            second.assume(sts, DurationSeconds=3601)

    def test_transitive_tags_pass_on(self, ann, pair, queue):
        first, second = pair
        second.may(allow("sqs:*", Condition={"StringEquals": {"aws:PrincipalTag/a": "1"},
                                             "Null": {"aws:PrincipalTag/b": "true"}}))
        tags = [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
        sts = first.session(ann.client("sts"), Tags=tags, TransitiveTagKeys=["A"]).client("sts")
        second.session(sts).client("sqs").get_queue_attributes(QueueUrl=queue)
        second.assume(sts, Tags=[{"Key": "c", "Value": "3"}])
        with refused(400, "InvalidParameterValue", "One of the specified transitive tag keys can't be set because it "
                     "conflicts with a transitive tag key from the calling session.", Type="Sender"):
            second.assume(sts, Tags=[{"Key": "A", "Value": "3"}])

    def test_tags_that_pass_on_need_their_action(self, ann, pair, role):
        first, _ = pair
        second = role(trust({"AWS": first.arn}))
        sts = first.session(ann.client("sts"), Tags=[{"Key": "a", "Value": "1"}], TransitiveTagKeys=["a"]).client("sts")
        with denied(f"arn:aws:sts::{ACCOUNT}:assumed-role/{first.name}/session", second, "sts:TagSession"):
            second.assume(sts)

    def test_the_source_identity_sticks(self, ann, pair):
        first, second = pair
        sts = first.session(ann.client("sts"), SourceIdentity="ann").client("sts")
        assert second.assume(sts)["SourceIdentity"] == "ann"
        assert second.assume(sts, SourceIdentity="ann")["SourceIdentity"] == "ann"
        with refused(400, "ValidationError", "The source identity is already set for this assume role session",
                     Type="Sender"):
            second.assume(sts, SourceIdentity="bob")


def test_any_session_may_have_its_role_s_arn_in_a_trust_policy(ann, role):
    """A statement that names one session lets only that one in."""
    first = role()
    first.may(allow("sts:AssumeRole"))
    one = f"arn:aws:sts::{ACCOUNT}:assumed-role/{first.name}/one"
    second = role(trust({"AWS": one}))
    second.assume(first.session(ann.client("sts"), "one").client("sts"))
    with denied(one[:-3] + "two", second):
        second.assume(first.session(ann.client("sts"), "two").client("sts"))


def test_a_role_made_anew_has_no_former_sessions(ann, role, iam, queue):
    made = role()
    made.may(allow("sqs:*"))
    session = made.session(ann.client("sts")).client("sqs")
    session.get_queue_attributes(QueueUrl=queue)
    iam.delete_role_policy(RoleName=made.name, PolicyName="inline")
    iam.delete_role(RoleName=made.name)
    again = Role(made.aws, iam, made.name)
    again.may(allow("sqs:*"))
    with pytest.raises(session.exceptions.ClientError, match="AccessDenied"):
        session.get_queue_attributes(QueueUrl=queue)


def test_in_another_region(ann, role):
    made = role()
    there = made.assume(ann.client("sts", region="eu-west-1"))["Credentials"]
    session = made.aws.client("sts", region="ap-southeast-2", key=there["AccessKeyId"],
                              secret=there["SecretAccessKey"], token=there["SessionToken"])
    assert session.get_caller_identity()["Account"] == ACCOUNT


def test_no_long_lived_key_is_valid_with_a_token(ann, role):
    made = role().assume(ann.client("sts"))["Credentials"]
    mixed = ann.aws.client("sts", key=ann.key, secret=ann.secret, token=made["SessionToken"])
    with refused(403, "InvalidClientTokenId", "The security token included in the request is invalid.", Type="Sender"):
        mixed.get_caller_identity()
    bare = ann.aws.client("sts", key=made["AccessKeyId"], secret=made["SecretAccessKey"])
    with refused(403, "InvalidClientTokenId", "The security token included in the request is invalid.", Type="Sender"):
        bare.get_caller_identity()


def test_managed_session_policies(ann, role, iam, name, bucket):
    made = role()
    made.may(allow("s3:*"))
    policy = iam.create_policy(PolicyName=name("p"), PolicyDocument=document(allow("s3:ListBucket")))["Policy"]["Arn"]
    session = made.session(ann.client("sts"), PolicyArns=[{"arn": policy}]).client("s3")
    session.list_objects_v2(Bucket=bucket)
    with pytest.raises(session.exceptions.ClientError, match="no session policy allows the s3:PutObject action"):
        session.put_object(Bucket=bucket, Key="k")


def test_a_boundary_limits_the_role(ann, role, iam, name, queue):
    boundary = iam.create_policy(PolicyName=name("b"), PolicyDocument=document(allow("sqs:GetQueueAttributes")))
    made = role(PermissionsBoundary=boundary["Policy"]["Arn"])
    made.may(allow("sqs:*"))
    session = made.session(ann.client("sts")).client("sqs")
    session.get_queue_attributes(QueueUrl=queue)
    with pytest.raises(session.exceptions.ClientError, match="(?i)no permissions boundary allows the sqs:purgequeue action"):
        session.purge_queue(QueueUrl=queue)
