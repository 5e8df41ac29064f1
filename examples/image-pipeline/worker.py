#!/usr/bin/env python3
"""Shrinks each photograph that S3 announces: `worker.py QUEUE_URL THUMBNAIL_BUCKET`.

A message is deleted only when its thumbnails are stored. A worker that dies in between deletes nothing, so the message
shows again when its visibility timeout is over, and another worker takes it.
"""

import io
import json
import sys
import urllib.parse

import boto3
from botocore.config import Config
from PIL import Image

EDGE = 1024  # the longest side of a thumbnail, in pixels


def main(queue_url, thumbnails):
    patient = Config(retries={"mode": "standard", "max_attempts": 12})  # outlives a restart of the server
    s3, sqs = boto3.client("s3", config=patient), boto3.client("sqs", config=patient)
    while True:
        answer = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=1, WaitTimeSeconds=20)
        for message in answer.get("Messages", []):
            for record in json.loads(message["Body"]).get("Records", []):  # s3:TestEvent has none
                shrink(s3, record["s3"], thumbnails)
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])


def shrink(s3, event, thumbnails):
    key = urllib.parse.unquote_plus(event["object"]["key"])
    print(f"working on {key}", flush=True)
    photograph = s3.get_object(Bucket=event["bucket"]["name"], Key=key)["Body"].read()
    picture = Image.open(io.BytesIO(photograph))
    picture.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
    small = io.BytesIO()
    picture.save(small, "JPEG", quality=85)
    s3.put_object(Bucket=thumbnails, Key=key, Body=small.getvalue(), ContentType="image/jpeg")
    print(f"done {key}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
