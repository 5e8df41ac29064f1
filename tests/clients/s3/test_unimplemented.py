"""What is not there says so by name, and never passes for done."""

import boto3
import pytest
from botocore.exceptions import ClientError
from raw import Signer

@pytest.mark.parametrize("call", [
    lambda s3, bucket: s3.get_object_torrent(Bucket=bucket, Key="k"),
    lambda s3, bucket: s3.select_object_content(
        Bucket=bucket, Key="k", Expression="select 1", ExpressionType="SQL", InputSerialization={"CSV": {}},
        OutputSerialization={"CSV": {}}),
    lambda s3, bucket: s3.get_bucket_metadata_configuration(Bucket=bucket),
], ids=["torrent", "select", "metadata"])
def test_operations(s3, bucket, call):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    with pytest.raises(ClientError) as error:
        call(s3, bucket)
    seen = error.value.response
    assert (seen["Error"]["Code"], seen["ResponseMetadata"]["HTTPStatusCode"]) == ("NotImplemented", 501)


def test_members_that_are_not_listed(s3, bucket):
    """Holds until an event are not there yet: the object must not be stored as if it were kept."""
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="k", Body=b"x", ObjectLockEventHold="ON")
    seen = error.value.response
    assert (seen["Error"]["Code"], seen["ResponseMetadata"]["HTTPStatusCode"]) == ("NotImplemented", 501)
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


@pytest.mark.parametrize(("more", "named"), [
    ({"ObjectLockEventHold": "ON"}, "x-amz-object-lock-event-hold"),
    ({"ServerSideEncryption": "aws:fsx"}, "x-amz-server-side-encryption: aws:fsx"),
])
def test_headers_are_named_where_people_look(s3, bucket, more, named):
    """Clients show the message, and nothing else of the error."""
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="k", Body=b"x", **more)
    seen = error.value.response
    assert (seen["Error"]["Code"], seen["ResponseMetadata"]["HTTPStatusCode"]) == ("NotImplemented", 501)
    assert named in seen["Error"]["Message"]
    assert seen["Error"]["Header"] == named.split(":")[0]


def test_every_operation_of_the_model_answers(server, s3, bucket):
    """No operation of the model falls through to another: each is served or refused, none is a server error."""
    model = s3.meta.service_model
    wrong = {}
    for name in model.operation_names:
        http = model.operation_model(name).http
        if http["method"] in ("PUT", "POST", "DELETE") and "?" not in http["requestUri"]:
            continue  # CreateBucket, PutObject and the like have tests of their own
        target = http["requestUri"].replace("{Bucket}", bucket).replace("{Key+}", "k")
        answer = Signer(server, "s3").request(http["method"], target)
        if answer.status >= 500 and answer.status != 501:
            wrong[name] = answer.status
    assert wrong == {}


def test_services_that_are_not_there(server):
    client = boto3.client("dynamodb", endpoint_url=server.endpoint, region_name="us-east-1", aws_access_key_id="test",
                          aws_secret_access_key="test")
    with pytest.raises(ClientError) as error:
        client.list_tables()
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 501)
