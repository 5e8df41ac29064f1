"""What tests of replication begin with: rights of its role, rules, buckets with versions."""

READ = ["s3:GetReplicationConfiguration", "s3:ListBucket", "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"]
WRITE = ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"]


def arn(bucket):
    return f"arn:aws:s3:::{bucket}"


def rule(bucket, priority=1, **more):
    return {"ID": f"rule-{priority}", "Priority": priority, "Status": "Enabled", "Filter": {},
            "DeleteMarkerReplication": {"Status": "Disabled"}, "Destination": {"Bucket": arn(bucket)}, **more}


def make(client, bucket, region="us-east-1"):
    where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    client.create_bucket(Bucket=bucket, **where)
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return bucket
