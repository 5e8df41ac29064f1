"""Switches of buckets: acceleration, tags that decide over access; and the requests of older clients."""

import pytest
from answers import refused, same
from identities import allow, document
from s3_answers import MALFORMED_XML

NOT_HERE = ("This operation is not supported for buckets with attribute-based access control enabled. Use TagResource or "
            "UntagResource.")
TAGS = {"TagSet": [{"Key": "team", "Value": "blue"}]}


def test_acceleration(s3, bucket):
    same(s3.get_bucket_accelerate_configuration(Bucket=bucket), 200)
    for status in ("Enabled", "Suspended"):
        given = {"Status": status}
        same(s3.put_bucket_accelerate_configuration(Bucket=bucket, AccelerateConfiguration=given), 200)
        same(s3.get_bucket_accelerate_configuration(Bucket=bucket), 200, given)
    for wrong in ({"Status": "Sometimes"}, {}):
        with refused(400, "MalformedXML", MALFORMED_XML):
            s3.put_bucket_accelerate_configuration(Bucket=bucket, AccelerateConfiguration=wrong)


def test_dots_are_not_accelerated(s3, name):
    dotted = f"{name('bucket')}.dotted"
    s3.create_bucket(Bucket=dotted)
    with refused(400, "InvalidRequest",
                 "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names"):
        s3.put_bucket_accelerate_configuration(Bucket=dotted, AccelerateConfiguration={"Status": "Enabled"})


def test_tags_count_where_it_is_said(s3, user, bucket):
    same(s3.get_bucket_abac(Bucket=bucket), 200, {"AbacStatus": {"Status": "Disabled"}})
    s3.put_bucket_tagging(Bucket=bucket, Tagging=TAGS)
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    arns = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    blue = {"StringEquals": {"aws:ResourceTag/team": "blue"}}
    of_bucket = {"StringEquals": {"s3:BucketTag/team": "blue"}}
    red = {"StringEquals": {"aws:ResourceTag/team": "red"}}
    clients = []
    for when in (blue, of_bucket, red):
        one = user()
        one.may(allow(["s3:GetObject", "s3:ListBucket"], arns, Condition=when))
        clients.append(one.client("s3"))

    def may():
        def one(call):
            try:
                call()
            except Exception as error:
                assert "AccessDenied" in str(error), error
                return False
            return True
        return [(one(lambda: c.get_object(Bucket=bucket, Key="k")), one(lambda: c.list_objects_v2(Bucket=bucket)))
                for c in clients]

    assert may() == [(False, False)] * 3
    same(s3.put_bucket_abac(Bucket=bucket, AbacStatus={"Status": "Enabled"}), 200)
    same(s3.get_bucket_abac(Bucket=bucket), 200, {"AbacStatus": {"Status": "Enabled"}})
    assert may() == [(True, True), (True, True), (False, False)]
    # What decides over access is changed in another way, and can be read as before.
    with refused(400, "InvalidRequest", NOT_HERE):
        s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": []})
    with refused(400, "InvalidRequest", NOT_HERE):
        s3.delete_bucket_tagging(Bucket=bucket)
    same(s3.get_bucket_tagging(Bucket=bucket), 200, TAGS)
    same(s3.put_bucket_abac(Bucket=bucket, AbacStatus={"Status": "Disabled"}), 200)
    assert may() == [(False, False)] * 3
    same(s3.delete_bucket_tagging(Bucket=bucket), 204)
    for wrong in ({"Status": "Perhaps"}, {}):
        with refused(400, "MalformedXML", MALFORMED_XML):
            s3.put_bucket_abac(Bucket=bucket, AbacStatus=wrong)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_older_clients(s3, bucket, queue, sqs):
    rule = {"ID": "r", "Prefix": "old/", "Status": "Enabled", "Expiration": {"Days": 1}}
    same(s3.put_bucket_lifecycle(Bucket=bucket, LifecycleConfiguration={"Rules": [rule]}), 200)
    same(s3.get_bucket_lifecycle(Bucket=bucket), 200, {"Rules": [rule]})
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": document(
        allow("sqs:SendMessage", arn, Principal={"Service": "s3.amazonaws.com"}))})
    told = {"Id": "n", "Events": ["s3:ObjectCreated:*"], "Queue": arn}
    same(s3.put_bucket_notification(Bucket=bucket, NotificationConfiguration={"QueueConfiguration": told}), 200)
    same(s3.get_bucket_notification(Bucket=bucket), 200,
         {"QueueConfiguration": {**told, "Event": "s3:ObjectCreated:*"}})
    same(s3.put_bucket_notification(Bucket=bucket, NotificationConfiguration={}), 200)
    same(s3.get_bucket_notification(Bucket=bucket), 200)
