// Presigned URLs by aws-sdk-js, minio-js, aws4fetch and Uppy, as JSON: an array of
// {signer, method, secret, headers, url}. With an argument: about as many URLs of each, with random
// keys.
import { readFileSync } from 'node:fs'
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client, UploadPartCommand }
  from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { AwsClient } from 'aws4fetch'
import * as Minio from 'minio'
import * as uppy from './uppy.mjs'

const accessKeyId = 'AKIAIOSFODNN7EXAMPLE'
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const count = Number(process.argv[2] || 0)
const fixed = ['test.txt', 'a b+c%41.txt', 'ünï/日本語 🎉.txt', "a//b/!*'()~", 'x=1&y=2?z#f']
const time = new Date('2026-01-02T03:04:05Z')
const urls = []

const characters = [..."abcXYZ019-_.~/ +%&=?#!*'()\"<>[]{}|^`\\,;:@$\u00e9\u65e5\ud83c\udf89"]
const pick = list => list[Math.floor(Math.random() * list.length)]
const randomKey = () =>
  'k' + Array.from({ length: Math.floor(Math.random() * 40) }, () => pick(characters)).join('')
// The keys of a loop that makes so many URLs of each.
const keysFor = urlsOfEach =>
  count ? Array.from({ length: Math.ceil(count / urlsOfEach) }, randomKey) : fixed

const version = name =>
  JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version
const add = (name, method, url, headers = {}) =>
  urls.push({ signer: `${name} ${version(name)}`, method, secret, headers, url: String(url) })

for (const sessionToken of [undefined, 'token/+=']) {
  const credentials = { accessKeyId, secretAccessKey: secret, sessionToken }
  for (const settings of [{}, { endpoint: 'http://localhost:9000', forcePathStyle: true }]) {
    const client = new S3Client({ region: 'eu-west-1', credentials, ...settings })
    const options = { expiresIn: 3600, signingDate: time }
    for (const Key of keysFor(16)) {
      const object = { Bucket: 'media', Key }
      const sign = async (method, command, more = {}, headers = {}) => add('@aws-sdk/s3-request-presigner',
        method, await getSignedUrl(client, command, { ...options, ...more }), headers)
      await sign('GET', new GetObjectCommand({ ...object, ResponseContentType: 'a/b; c="d"' }))
      await sign('PUT', new PutObjectCommand({ ...object, ContentType: 'text/plain' }),
        { signableHeaders: new Set(['content-type']) }, { 'content-type': 'text/plain' })
      await sign('PUT', new UploadPartCommand({ ...object, PartNumber: 1, UploadId: 'a+b/c=' }))
      await sign('DELETE', new DeleteObjectCommand({ ...object, VersionId: 'v' }))
    }
  }

  const minio = new Minio.Client({ endPoint: 'localhost', port: 9000, useSSL: false, accessKey: accessKeyId,
    secretKey: secret, sessionToken, region: 'us-east-1' })
  for (const key of keysFor(6)) {
    for (const method of ['GET', 'PUT', 'HEAD'])
      add('minio', method, await minio.presignedUrl(method, 'media', key, 3600,
        { 'response-content-type': 'a/b; c' }, time))
  }

  const aws = new AwsClient({ ...credentials, service: 's3', region: 'auto' })
  for (const key of keysFor(4)) {
    const path = key.split('/').map(encodeURIComponent).join('/')
    const url = `https://0123456789abcdef.r2.cloudflarestorage.com/media/${path}?X-Amz-Expires=3600&a=b%20c`
    const aws_options = { signQuery: true, datetime: '20260102T030405Z', allHeaders: true }
    add('aws4fetch', 'GET', (await aws.sign(url, { aws: aws_options })).url)
    const headers = { 'content-type': 'text/plain' }
    add('aws4fetch', 'PUT', (await aws.sign(url, { method: 'PUT', headers, aws: aws_options })).url, headers)
  }

  const sign = uppy.signerFor({ ...credentials, region: 'eu-west-1',
    endpoint: 'https://s3.eu-west-1.amazonaws.com/media', time: '2026-01-02T03:04:05Z' })
  for (const key of keysFor(14)) {
    for (const request of uppy.requestsFor(key))
      urls.push({ signer: uppy.name, method: request.method, secret, headers: {}, url: await sign(request) })
  }
}
console.log(JSON.stringify(urls, null, 1))
