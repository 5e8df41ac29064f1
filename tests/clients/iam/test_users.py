"""Users: whole answers, paging, tags, names, and what keeps a user from being deleted."""

import pytest
from answers import TIME, Now, Text, refused, same

AIDA = Text(r"AIDA[A-Z2-7]{17}")
XML = {"content-type": "text/xml"}


def arn(path, name):
    return f"arn:aws:iam::000000000000:user{path}{name}"


def shown(name, path="/", **more):
    return {"Path": path, "UserName": name, "UserId": AIDA, "Arn": arn(path, name), "CreateDate": Now(), **more}


def test_a_user_comes_and_goes(iam, name):
    ann = name("Ann")
    tags = [{"Key": "team", "Value": "red"}, {"Key": "Cost Center", "Value": ""}]
    same(iam.create_user(UserName=ann, Path="/eng/web/", Tags=tags), 200,
         {"User": shown(ann, "/eng/web/", Tags=tags)}, XML)
    same(iam.get_user(UserName=ann.lower()), 200, {"User": shown(ann, "/eng/web/", Tags=tags)}, XML)
    same(iam.list_users(PathPrefix="/eng/web/"), 200,
         {"Users": [shown(ann, "/eng/web/")], "IsTruncated": False}, XML)
    same(iam.delete_user(UserName=ann), 200, {}, XML)
    with refused(404, "NoSuchEntity", f"The user with name {ann} cannot be found.", Type="Sender"):
        iam.get_user(UserName=ann)
    with refused(404, "NoSuchEntity", f"The user with name {ann} cannot be found.", Type="Sender"):
        iam.delete_user(UserName=ann)


def test_names_differ_by_more_than_case(iam, name):
    bob = name("bob")
    iam.create_user(UserName=bob)
    with refused(409, "EntityAlreadyExists", f"User with name {bob.upper()} already exists.", Type="Sender"):
        iam.create_user(UserName=bob.upper())


def test_the_root_asks_for_itself(iam):
    same(iam.get_user(), 200, {"User": {
        "UserId": "000000000000", "Arn": "arn:aws:iam::000000000000:root", "CreateDate": TIME}}, XML)


def test_pages(iam, name):
    path = f"/{name('page')}/"
    names = [name("u") for _ in range(5)]
    for one in names:
        iam.create_user(UserName=one, Path=path)
    seen, marker = [], {}
    while True:
        page = iam.list_users(PathPrefix=path, MaxItems=2, **marker)
        seen += [user["UserName"] for user in page["Users"]]
        assert len(page["Users"]) <= 2
        if not page["IsTruncated"]:
            assert "Marker" not in page
            break
        marker = {"Marker": page["Marker"]}
    assert sorted(seen) == sorted(names)
    with refused(400, "ValidationError", "Invalid Marker.", Type="Sender"):
        iam.list_users(Marker="?")


@pytest.mark.parametrize("given, member", [({"UserName": "a b"}, "userName"), ({"UserName": "ä"}, "userName")])
def test_what_is_no_name(iam, given, member):
    with refused(400, "ValidationError", f"The specified value for {member} is invalid. It must contain only "
                 "alphanumeric characters and/or the following: +=,.@_-", Type="Sender"):
        iam.create_user(**given)


def test_limits_of_the_model(iam):
    long = "x" * 65
    with refused(400, "ValidationError", f"1 validation error detected: Value '{long}' at 'userName' failed to satisfy "
                 "constraint: Member must have length less than or equal to 64", Type="Sender"):
        iam.create_user(UserName=long)


def test_a_user_moves(iam, user):
    ann = user(Path="/old/")
    group_free = f"{ann.name}-new"
    same(iam.update_user(UserName=ann.name, NewUserName=group_free, NewPath="/new/"), 200, {}, XML)
    seen = iam.get_user(UserName=group_free)["User"]
    assert (seen["UserId"], seen["Arn"]) == (ann.record["UserId"], arn("/new/", group_free))
    assert ann.client("sts").get_caller_identity()["Arn"] == arn("/new/", group_free)
    assert iam.list_access_keys(UserName=group_free)["AccessKeyMetadata"][0]["UserName"] == group_free
    with refused(404, "NoSuchEntity", f"The user with name {ann.name} cannot be found.", Type="Sender"):
        iam.get_user(UserName=ann.name)


def test_tags(iam, name):
    ann = name("ann")
    iam.create_user(UserName=ann)
    same(iam.list_user_tags(UserName=ann), 200, {"Tags": [], "IsTruncated": False}, XML)
    same(iam.tag_user(UserName=ann, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]), 200, {}, XML)
    iam.tag_user(UserName=ann, Tags=[{"Key": "A", "Value": "3"}])
    same(iam.list_user_tags(UserName=ann), 200,
         {"Tags": [{"Key": "A", "Value": "3"}, {"Key": "b", "Value": "2"}], "IsTruncated": False}, XML)
    same(iam.untag_user(UserName=ann, TagKeys=["a", "none"]), 200, {}, XML)
    assert iam.list_user_tags(UserName=ann)["Tags"] == [{"Key": "b", "Value": "2"}]
    with refused(400, "InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
                 Type="Sender"):
        iam.tag_user(UserName=ann, Tags=[{"Key": "x", "Value": "1"}, {"Key": "X", "Value": "1"}])
    with refused(409, "LimitExceeded", "The number of tags has reached the maximum limit.", Type="Sender"):
        iam.tag_user(UserName=ann, Tags=[{"Key": f"k{n}", "Value": ""} for n in range(50)])


def test_what_keeps_a_user(iam, user):
    ann = user()
    ann.may({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
    iam.attach_user_policy(UserName=ann.name, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    for must in ("must detach all policies first.", "must delete policies first.", "must delete access keys first."):
        with refused(409, "DeleteConflict", f"Cannot delete entity, {must}", Type="Sender"):
            iam.delete_user(UserName=ann.name)
        if "detach" in must:
            iam.detach_user_policy(UserName=ann.name, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
        elif "delete policies" in must:
            iam.delete_user_policy(UserName=ann.name, PolicyName="inline")
        else:
            iam.delete_access_key(UserName=ann.name, AccessKeyId=ann.key)
    iam.delete_user(UserName=ann.name)


def test_access_keys(iam, name, aws):
    ann = name("ann")
    iam.create_user(UserName=ann)
    same(iam.list_access_keys(UserName=ann), 200, {"AccessKeyMetadata": [], "IsTruncated": False}, XML)
    made = same(iam.create_access_key(UserName=ann), 200, {"AccessKey": {
        "UserName": ann, "AccessKeyId": Text(r"AKIA[A-Z2-7]{16}"), "Status": "Active",
        "SecretAccessKey": Text(r"[A-Za-z0-9+/]{40}"), "CreateDate": Now()}}, XML)["AccessKey"]
    second = iam.create_access_key(UserName=ann)["AccessKey"]
    with refused(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", Type="Sender"):
        iam.create_access_key(UserName=ann)
    signed = aws.client("sts", key=made["AccessKeyId"], secret=made["SecretAccessKey"])
    assert signed.get_caller_identity()["Arn"] == arn("/", ann)
    same(iam.update_access_key(UserName=ann, AccessKeyId=made["AccessKeyId"], Status="Inactive"), 200, {}, XML)
    same(iam.list_access_keys(UserName=ann), 200, {"IsTruncated": False, "AccessKeyMetadata": [
        {"UserName": ann, "AccessKeyId": made["AccessKeyId"], "Status": "Inactive", "CreateDate": Now()},
        {"UserName": ann, "AccessKeyId": second["AccessKeyId"], "Status": "Active", "CreateDate": Now()}]}, XML)
    with refused(403, "InvalidClientTokenId", "The security token included in the request is invalid.", Type="Sender"):
        signed.get_caller_identity()
    iam.update_access_key(UserName=ann, AccessKeyId=made["AccessKeyId"], Status="Active")
    assert signed.get_caller_identity()["Arn"] == arn("/", ann)
    same(iam.delete_access_key(UserName=ann, AccessKeyId=made["AccessKeyId"]), 200, {}, XML)
    with refused(403, "InvalidClientTokenId", "The security token included in the request is invalid.", Type="Sender"):
        signed.get_caller_identity()
    gone = f"The Access Key with id {made['AccessKeyId']} cannot be found."
    with refused(404, "NoSuchEntity", gone, Type="Sender"):
        iam.delete_access_key(UserName=ann, AccessKeyId=made["AccessKeyId"])
