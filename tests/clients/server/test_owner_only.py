"""Operations that AWS keeps to the account that owns the resource, whomever the resource's policy names."""

import json

import pytest
from answers import Text, refused, same, sqs_refused
from aws import ACCOUNT
from botocore.exceptions import ClientError
from identities import allow, document
from policies import queue_arn


def for_all(actions, resource):
    """A policy that lets everybody do everything here."""
    return document(allow(actions, resource, Principal="*"))


def test_the_policy_of_a_bucket(s3, aws, other, bucket):
    arn = f"arn:aws:s3:::{bucket}"
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=for_all("s3:*", [arn, f"{arn}/*"]))
    before = s3.get_bucket_policy(Bucket=bucket)["Policy"]
    theirs = document(allow("s3:*", f"{arn}/*", Principal={"AWS": other.arn}))
    for who in (other.client("s3"), aws.client("s3", anonymous=True)):
        who.list_objects_v2(Bucket=bucket)  # what may be given away is
        for method, call in (("PUT", lambda: who.put_bucket_policy(Bucket=bucket, Policy=theirs)),
                             ("GET", lambda: who.get_bucket_policy(Bucket=bucket)),
                             ("DELETE", lambda: who.delete_bucket_policy(Bucket=bucket))):
            with refused(405, "MethodNotAllowed", "The specified method is not allowed against this resource.",
                         Method=method, ResourceType="BUCKETPOLICY"):
                call()
    assert s3.get_bucket_policy(Bucket=bucket)["Policy"] == before
    # Without the right it is the usual refusal.
    s3.put_bucket_policy(Bucket=bucket, Policy=for_all("s3:ListBucket", arn))
    with pytest.raises(ClientError, match="AccessDenied"):
        other.client("s3").put_bucket_policy(Bucket=bucket, Policy=theirs)


def test_the_settings_of_a_queue(sqs, aws, other, queue):
    arn = queue_arn(sqs, queue)
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": for_all("sqs:*", arn)})
    theirs = other.client("sqs")
    same(theirs.purge_queue(QueueUrl=queue), 200)
    for action, call in (
        ("addpermission", lambda who: who.add_permission(QueueUrl=queue, Label="x", AWSAccountIds=[other.account],
                                                         Actions=["SendMessage"])),
        ("removepermission", lambda who: who.remove_permission(QueueUrl=queue, Label="x")),
        ("setqueueattributes", lambda who: who.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": ""})),
        ("tagqueue", lambda who: who.tag_queue(QueueUrl=queue, Tags={"a": "b"})),
        ("untagqueue", lambda who: who.untag_queue(QueueUrl=queue, TagKeys=["a"])),
        ("listqueuetags", lambda who: who.list_queue_tags(QueueUrl=queue)),
        ("startmessagemovetask", lambda who: who.start_message_move_task(SourceArn=arn)),
        ("listmessagemovetasks", lambda who: who.list_message_move_tasks(SourceArn=arn)),
        ("deletequeue", lambda who: who.delete_queue(QueueUrl=queue)),
    ):
        message = (f"User: {other.arn} is not authorized to perform: sqs:{action} on resource: {arn} because no "
                   f"resource-based policy allows the sqs:{action} action")
        with sqs_refused(403, "AccessDenied", "AccessDeniedException", message):
            call(theirs)
        call_unsigned = aws.client("sqs", anonymous=True)
        with pytest.raises(ClientError, match="Access"):
            call(call_unsigned)
    assert json.loads(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])["Attributes"]["Policy"])


def test_the_policy_of_a_key(aws, other):
    kms, theirs = aws.client("kms"), other.client("kms")
    everybody = for_all("kms:*", "*")
    arn = kms.create_key(Policy=everybody)["KeyMetadata"]["Arn"]
    theirs.encrypt(KeyId=arn, Plaintext=b"x")
    theirs.describe_key(KeyId=arn)
    for action, call in (
        ("PutKeyPolicy", lambda: theirs.put_key_policy(KeyId=arn, Policy=everybody)),
        ("GetKeyPolicy", lambda: theirs.get_key_policy(KeyId=arn)),
        ("ScheduleKeyDeletion", lambda: theirs.schedule_key_deletion(KeyId=arn)),
        ("DisableKey", lambda: theirs.disable_key(KeyId=arn)),
        ("EnableKeyRotation", lambda: theirs.enable_key_rotation(KeyId=arn)),
        ("UpdateKeyDescription", lambda: theirs.update_key_description(KeyId=arn, Description="mine")),
        ("TagResource", lambda: theirs.tag_resource(KeyId=arn, Tags=[{"TagKey": "a", "TagValue": "b"}])),
        ("ListResourceTags", lambda: theirs.list_resource_tags(KeyId=arn)),
    ):
        with refused(400, "AccessDeniedException", Text(
                f"User: {other.arn} is not authorized to perform: kms:{action} on resource: {arn} because the "
                "resource does not exist in this Region, no resource-based policies allow access, or a resource-based "
                "policy explicitly denies access")):
            call()
    described = kms.describe_key(KeyId=arn)["KeyMetadata"]
    assert (described["KeyState"], described["Description"]) == ("Enabled", "")
    assert ACCOUNT in arn
