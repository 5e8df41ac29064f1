// AWS's SDK for JavaScript v3, whole ways through S3, SQS and SNS. The server is in AWS_ENDPOINT_URL.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import {
  CreateBucketCommand, DeleteBucketCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand,
  ListObjectsV2Command, PutBucketNotificationConfigurationCommand, PutObjectCommand, S3Client, NoSuchKey,
  paginateListObjectsV2, waitUntilObjectExists,
} from "@aws-sdk/client-s3";
import { CreateTopicCommand, PublishBatchCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, QueueDoesNotExist, ReceiveMessageCommand,
  SendMessageBatchCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient,
} from "@aws-sdk/client-sqs";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const run = randomBytes(3).toString("hex");
let count = 0;
const name = (kind) => `js-${kind}-${run}-${count++}`;

const plain = { maxAttempts: 1, endpoint: process.env.AWS_ENDPOINT_URL };
const secure = {
  maxAttempts: 1, endpoint: process.env.KUMIKI_HTTPS,
  requestHandler: { httpsAgent: new Agent({ ca: readFileSync(process.env.KUMIKI_CA) }) },
};
const s3 = new S3Client({ ...plain, forcePathStyle: true });
const sqs = new SQSClient(plain);
const sns = new SNSClient(plain);

async function bucket() {
  const Bucket = name("bucket");
  await s3.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
}

async function queue() {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name("queue") }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  return { QueueUrl, arn: Attributes.QueueArn };
}

const letIn = ({ QueueUrl, arn }, service, source) => sqs.send(new SetQueueAttributesCommand({
  QueueUrl,
  Attributes: {
    Policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{
        Effect: "Allow", Principal: { Service: service }, Action: "sqs:SendMessage", Resource: arn,
        Condition: { ArnLike: { "aws:SourceArn": source } },
      }],
    }),
  },
}));

async function receive(QueueUrl, wanted) {
  const seen = [];
  while (seen.length < wanted) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({
      QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20, MessageAttributeNames: ["All"],
    }));
    assert.ok(Messages.length, `${seen.length} of ${wanted} messages came`);
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    seen.push(...Messages);
  }
  return seen;
}

for (const [way, options] of [
  ["http", { ...plain, forcePathStyle: true }],
  ["https with a trailing checksum", { ...secure, forcePathStyle: true }],
]) {
  test(`an object there and back over ${way}`, async () => {
    const client = new S3Client(options);
    const Bucket = await bucket();
    const Body = randomBytes(300_000);
    const put = await client.send(new PutObjectCommand({
      Bucket, Key: "a b/ü+", Body, ContentType: "image/png", Metadata: { from: "js" }, ChecksumAlgorithm: "SHA256",
    }));
    assert.equal(put.ETag, `"${createHash("md5").update(Body).digest("hex")}"`);
    assert.equal(put.ChecksumSHA256, createHash("sha256").update(Body).digest("base64"));
    await waitUntilObjectExists({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 10 }, { Bucket, Key: "a b/ü+" });
    const got = await client.send(new GetObjectCommand({ Bucket, Key: "a b/ü+", ChecksumMode: "ENABLED" }));
    assert.deepEqual(Buffer.from(await got.Body.transformToByteArray()), Body);
    assert.equal(got.ContentType, "image/png");
    assert.deepEqual(got.Metadata, { from: "js" });
    assert.equal(got.ServerSideEncryption, "AES256");
    const part = await client.send(new GetObjectCommand({ Bucket, Key: "a b/ü+", Range: "bytes=10-19" }));
    assert.deepEqual(Buffer.from(await part.Body.transformToByteArray()), Body.subarray(10, 20));
    assert.equal(part.$metadata.httpStatusCode, 206);
    client.destroy();
  });
}

test("errors have their types", async () => {
  const Bucket = await bucket();
  await assert.rejects(s3.send(new GetObjectCommand({ Bucket, Key: "none" })), (error) => {
    assert.ok(error instanceof NoSuchKey);
    assert.equal(error.$metadata.httpStatusCode, 404);
    assert.equal(error.message, "The specified key does not exist.");
    return true;
  });
  await assert.rejects(s3.send(new DeleteBucketCommand({ Bucket: name("none") })), { name: "NoSuchBucket" });
  await assert.rejects(
    sqs.send(new SendMessageCommand({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/000000000000/none`, MessageBody: "x" })),
    (error) => error instanceof QueueDoesNotExist && error.message === "The specified queue does not exist.",
  );
  const stranger = new S3Client({
    ...plain, forcePathStyle: true, credentials: { accessKeyId: "test", secretAccessKey: "wrong" },
  });
  await assert.rejects(stranger.send(new ListObjectsV2Command({ Bucket })), { name: "SignatureDoesNotMatch" });
});

test("listing in pages, deleting many", async () => {
  const Bucket = await bucket();
  const keys = Array.from({ length: 25 }, (_, n) => `d/${String(n).padStart(3, "0")}`);
  await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))));
  const seen = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 7 }, { Bucket, Prefix: "d/" })) {
    seen.push(...page.Contents.map(({ Key }) => Key));
  }
  assert.deepEqual(seen, keys);
  const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));
  assert.equal(Deleted.length, 25);
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0);
  await s3.send(new DeleteBucketCommand({ Bucket }));
});

test("an upload in parts by lib-storage", async () => {
  const Bucket = await bucket();
  const Body = randomBytes(17 * 1024 * 1024 + 3);
  const done = await new Upload({
    client: s3, params: { Bucket, Key: "big", Body }, partSize: 5 * 1024 * 1024, queueSize: 4,
  }).done();
  assert.match(done.ETag, /-4"$/);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "big" }));
  assert.equal(head.ContentLength, Body.length);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: "big" }));
  assert.deepEqual(Buffer.from(await got.Body.transformToByteArray()), Body);
});

test("a stream of unknown length by lib-storage", async () => {
  const Bucket = await bucket();
  async function* chunks() {
    for (let n = 0; n < 12; n++) yield Buffer.alloc(1024 * 1024, n);
  }
  const { Readable } = await import("node:stream");
  await new Upload({ client: s3, params: { Bucket, Key: "stream", Body: Readable.from(chunks()) } }).done();
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "stream" }));
  assert.equal(head.ContentLength, 12 * 1024 * 1024);
});

test("presigned", async () => {
  const Bucket = await bucket();
  const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "k" }), { expiresIn: 60 });
  assert.equal((await fetch(put, { method: "PUT", body: "signed" })).status, 200);
  const get = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "k" }), { expiresIn: 60 });
  assert.equal(await (await fetch(get)).text(), "signed");
  assert.equal((await fetch(get.replace("expires", "Expires").replace(/X-Amz-Expires=60/, "X-Amz-Expires=600"))).status, 403);
});

test("send, receive, delete", async () => {
  const { QueueUrl } = await queue();
  await sqs.send(new SendMessageCommand({
    QueueUrl, MessageBody: "héllo", MessageAttributes: { a: { DataType: "Number", StringValue: "1" } },
  }));
  const { Successful } = await sqs.send(new SendMessageBatchCommand({
    QueueUrl, Entries: [1, 2, 3].map((n) => ({ Id: `${n}`, MessageBody: `${n}` })),
  }));
  assert.equal(Successful.length, 3);
  const messages = await receive(QueueUrl, 4);
  assert.deepEqual(messages.map(({ Body }) => Body).sort(), ["1", "2", "3", "héllo"]);
  assert.deepEqual(messages.find(({ Body }) => Body === "héllo").MessageAttributes,
    { a: { DataType: "Number", StringValue: "1" } });
});

test("a topic fans out, a filter keeps out", async () => {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: name("topic") }));
  const [all, some] = [await queue(), await queue()];
  for (const [target, attributes] of [[all, {}], [some, { FilterPolicy: JSON.stringify({ size: [{ numeric: [">", 5] }] }) }]]) {
    await letIn(target, "sns.amazonaws.com", TopicArn);
    await sns.send(new SubscribeCommand({
      TopicArn, Protocol: "sqs", Endpoint: target.arn, Attributes: { RawMessageDelivery: "true", ...attributes },
    }));
  }
  const size = (n) => ({ size: { DataType: "Number", StringValue: `${n}` } });
  await sns.send(new PublishCommand({ TopicArn, Message: "small", MessageAttributes: size(1) }));
  await sns.send(new PublishBatchCommand({
    TopicArn, PublishBatchRequestEntries: [{ Id: "x", Message: "large", MessageAttributes: size(10) }],
  }));
  assert.deepEqual((await receive(all.QueueUrl, 2)).map(({ Body }) => Body).sort(), ["large", "small"]);
  assert.deepEqual((await receive(some.QueueUrl, 1)).map(({ Body }) => Body), ["large"]);
});

test("an upload notifies a queue", async () => {
  const Bucket = await bucket();
  const target = await queue();
  await letIn(target, "s3.amazonaws.com", `arn:aws:s3:::${Bucket}`);
  await s3.send(new PutBucketNotificationConfigurationCommand({
    Bucket,
    NotificationConfiguration: { QueueConfigurations: [{ QueueArn: target.arn, Events: ["s3:ObjectCreated:*"] }] },
  }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "photo.jpg", Body: "x" }));
  const bodies = (await receive(target.QueueUrl, 2)).map(({ Body }) => JSON.parse(Body));
  assert.ok(bodies.some(({ Event }) => Event === "s3:TestEvent"));
  const { Records: [record] } = bodies.find(({ Records }) => Records);
  assert.deepEqual([record.eventName, record.s3.object.key, record.s3.object.size], ["ObjectCreated:Put", "photo.jpg", 1]);
});
