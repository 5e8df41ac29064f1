"""Configurations of which a bucket may have many, each with an id: analytics, metrics, archive tiers, inventories."""

import pytest
from answers import Any, refused, same
from botocore.exceptions import ClientError
from identities import allow
from s3_answers import MALFORMED_XML

NONE = (404, "NoSuchConfiguration", "The specified configuration does not exist.")
MALFORMED = (400, "MalformedXML", MALFORMED_XML)
TAGS = [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
FILTERS = [{"Prefix": "in/"}, {"Tag": TAGS[0]}, {"And": {"Prefix": "in/", "Tags": TAGS}}, {"And": {"Tags": TAGS}}]
EXPORT = {"DataExport": {"OutputSchemaVersion": "V_1", "Destination": {"S3BucketDestination": {
    "Format": "CSV", "Bucket": "arn:aws:s3:::reports", "BucketAccountId": "111122223333", "Prefix": "p/"}}}}
TIERS = [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}, {"Days": 180, "AccessTier": "DEEP_ARCHIVE_ACCESS"}]
REPORT = {"S3BucketDestination": {"Bucket": "arn:aws:s3:::reports", "Format": "CSV"}}
INVENTORY = {"IsEnabled": True, "Destination": REPORT, "IncludedObjectVersions": "All",
             "Schedule": {"Frequency": "Daily"}}
POINT = "arn:aws:s3:us-east-1:111122223333:accesspoint/p"


class Kind:
    """One of the four, by the names that its operations have."""

    def __init__(self, name, *good):
        self.name, self.good = name, good
        self.words = {"Analytics": "analytics", "Metrics": "metrics", "IntelligentTiering": "intelligent_tiering",
                      "Inventory": "inventory"}[name]

    def __repr__(self):
        return self.name

    def put(self, s3, bucket, name, given, inner=None):
        return getattr(s3, f"put_bucket_{self.words}_configuration")(
            Bucket=bucket, Id=name, **{f"{self.name}Configuration": {"Id": inner or name, **given}})

    def get(self, s3, bucket, name):
        return getattr(s3, f"get_bucket_{self.words}_configuration")(Bucket=bucket, Id=name)

    def list(self, s3, bucket, **more):
        return getattr(s3, f"list_bucket_{self.words}_configurations")(Bucket=bucket, **more)

    def delete(self, s3, bucket, name):
        return getattr(s3, f"delete_bucket_{self.words}_configuration")(Bucket=bucket, Id=name)


KINDS = [
    Kind("Analytics", {"StorageClassAnalysis": {}}, {"StorageClassAnalysis": EXPORT},
         *({"Filter": one, "StorageClassAnalysis": EXPORT} for one in FILTERS)),
    Kind("Metrics", {}, *({"Filter": one} for one in FILTERS), {"Filter": {"AccessPointArn": POINT}},
         {"Filter": {"And": {"AccessPointArn": POINT, "Prefix": "in/"}}}),
    Kind("IntelligentTiering", {"Status": "Enabled", "Tierings": TIERS}, {"Status": "Disabled", "Tierings": TIERS[1:]},
         *({"Filter": one, "Status": "Enabled", "Tierings": TIERS[:1]} for one in FILTERS)),
    Kind("Inventory", INVENTORY,
         {**INVENTORY, "IsEnabled": False, "Filter": {"Prefix": "in/"}, "IncludedObjectVersions": "Current",
          "Schedule": {"Frequency": "Weekly"}, "OptionalFields": ["Size", "ETag", "ObjectOwner"]},
         {**INVENTORY, "Destination": {"S3BucketDestination": {
             **REPORT["S3BucketDestination"], "AccountId": "111122223333", "Prefix": "p",
             "Encryption": {"SSES3": {}}}}},
         {**INVENTORY, "Destination": {"S3BucketDestination": {
             **REPORT["S3BucketDestination"], "Encryption": {"SSEKMS": {"KeyId": "arn:aws:kms:us-east-1:1:key/k"}}}}}),
]


@pytest.fixture(params=KINDS, ids=repr)
def kind(request):
    return request.param


def test_kept_and_given_back(s3, bucket, kind):
    for given in kind.good:
        same(kind.put(s3, bucket, "one.id-1_A", given), 204)
        same(kind.get(s3, bucket, "one.id-1_A"), 200, {f"{kind}Configuration": {"Id": "one.id-1_A", **given}})
    same(kind.list(s3, bucket), 200, {
        "IsTruncated": False, f"{kind}ConfigurationList": [{"Id": "one.id-1_A", **kind.good[-1]}]})
    same(kind.delete(s3, bucket, "one.id-1_A"), 204)
    same(kind.list(s3, bucket), 200, {"IsTruncated": False})
    for call in (kind.get, kind.delete):
        with refused(*NONE):
            call(s3, bucket, "one.id-1_A")


def test_pages_and_the_limit(s3, bucket, kind):
    names = [f"c{i:03}" for i in range(101)]
    for one in reversed(names):
        kind.put(s3, bucket, one, kind.good[0])
    first = kind.list(s3, bucket)
    same(first, 200, {"IsTruncated": True, "NextContinuationToken": Any(str), f"{kind}ConfigurationList": Any(list)})
    token = first["NextContinuationToken"]
    second = kind.list(s3, bucket, ContinuationToken=token)
    same(second, 200, {"IsTruncated": False, "ContinuationToken": token, f"{kind}ConfigurationList": Any(list)})
    pages = [[one["Id"] for one in page[f"{kind}ConfigurationList"]] for page in (first, second)]
    assert pages == [names[:100], names[100:]]
    with refused(400, "InvalidArgument", "The continuation token provided is incorrect",
                 ArgumentName="continuation-token"):
        kind.list(s3, bucket, ContinuationToken="made-up")


def test_no_more_than_a_thousand(s3, bucket):
    kind = KINDS[1]
    for i in range(1000):
        kind.put(s3, bucket, f"c{i}", {})
    with refused(400, "TooManyConfigurations", "You are attempting to create a new configuration but have already "
                                               "reached the 1,000-configuration limit."):
        kind.put(s3, bucket, "more", {})
    same(kind.put(s3, bucket, "c7", {"Filter": {"Prefix": "p"}}), 204)
    kind.delete(s3, bucket, "c8")
    same(kind.put(s3, bucket, "more", {}), 204)


def test_ids(s3, bucket, kind):
    for wrong in ("a b", "é", "x" * 65):
        with refused(400, "InvalidConfigurationId", "The specified configuration id is invalid."):
            kind.put(s3, bucket, wrong, kind.good[0])
    mismatch = {"Inventory": (400, "IdMismatch", "Document ID does not match the specified configuration ID."),
                "Metrics": (400, "IdMismatch", "Document ID does not match the specified configuration ID.")}
    with refused(*mismatch.get(kind.name, MALFORMED)):
        kind.put(s3, bucket, "one", kind.good[0], inner="other")


@pytest.mark.parametrize(("kind", "given", "error"), [
    (KINDS[0], {"StorageClassAnalysis": {}, "Filter": {"And": {"Prefix": "x"}}}, MALFORMED),
    (KINDS[0], {"StorageClassAnalysis": {}, "Filter": {"Prefix": "x", "Tag": TAGS[0]}}, MALFORMED),
    (KINDS[1], {"Filter": {}}, MALFORMED),
    (KINDS[1], {"Filter": {"AccessPointArn": "arn:aws:s3:::b"}}, MALFORMED),
    (KINDS[2], {"Status": "Perhaps", "Tierings": TIERS}, MALFORMED),
    (KINDS[2], {"Status": "Enabled", "Tierings": TIERS[:1] * 2}, MALFORMED),
    (KINDS[2], {"Status": "Enabled", "Tierings": [{"Days": 30, "AccessTier": "ARCHIVE_ACCESS"}]},
     (400, "InvalidArgument", "'Days' for the ARCHIVE_ACCESS tier must be between 90 and 730")),
    (KINDS[3], {**INVENTORY, "Schedule": {"Frequency": "Hourly"}}, MALFORMED),
    (KINDS[3], {**INVENTORY, "IncludedObjectVersions": "Some"}, MALFORMED),
    (KINDS[3], {**INVENTORY, "OptionalFields": ["Colour"]}, MALFORMED),
    (KINDS[3], {**INVENTORY, "Destination": {"S3BucketDestination": {"Bucket": "reports", "Format": "CSV"}}},
     (400, "InvalidS3DestinationBucket", "Invalid bucket ARN.")),
    (KINDS[3], {**INVENTORY, "Destination": {"S3BucketDestination": {"Bucket": "arn:aws:s3:::b", "Format": "XLS"}}},
     MALFORMED),
    (KINDS[3], {**INVENTORY, "Destination": {"S3BucketDestination": {"Bucket": "arn:aws:s3:::b", "Format": "ORC"}}},
     (501, "NotImplemented", "An inventory in the format ORC is not implemented.")),
])
def test_refused_configurations(s3, bucket, kind, given, error):
    more = {"ArgumentName": "Days", "ArgumentValue": "30"} if error[1] == "InvalidArgument" else {}
    with refused(*error, **more):
        kind.put(s3, bucket, "one", given)
    same(kind.list(s3, bucket), 200, {"IsTruncated": False})


def test_a_new_bucket_of_the_name_has_none(s3, bucket, kind):
    kind.put(s3, bucket, "one", kind.good[0])
    s3.delete_bucket(Bucket=bucket)
    with refused(404, "NoSuchBucket", "The specified bucket does not exist", BucketName=bucket):
        kind.get(s3, bucket, "one")
    s3.create_bucket(Bucket=bucket)
    same(kind.list(s3, bucket), 200, {"IsTruncated": False})


def test_fields_are_a_condition(s3, user, bucket):
    one = user()
    one.may(allow("s3:PutInventoryConfiguration", f"arn:aws:s3:::{bucket}", Condition={
        "ForAllValues:StringEquals": {"s3:InventoryAccessibleOptionalFields": ["Size", "ETag"]}}))
    theirs, kind = one.client("s3"), KINDS[3]
    same(kind.put(theirs, bucket, "one", {**INVENTORY, "OptionalFields": ["Size"]}), 204)
    with pytest.raises(ClientError, match="AccessDenied"):
        kind.put(theirs, bucket, "one", {**INVENTORY, "OptionalFields": ["Size", "ObjectOwner"]})
