// What the signer of @uppy/aws-s3 makes of the requests of an upload, as JSON: an array of
// {request, session_token, url}, which sql/request.sql compares with what s3sign_request returns.
import { requestsFor, signerFor } from './uppy.mjs'

// Uppy sends this parameter, which has no effect on S3: it is the default of a presigned URL.
const { set } = URLSearchParams.prototype
URLSearchParams.prototype.set = function (name, value) {
  if (name !== 'X-Amz-Content-Sha256') set.call(this, name, value)
}

const keys = ['test.txt', 'a b+c%41.txt', 'ünï/日本語 🎉.txt', "a//b/!*'()~", 'x=1&y=2?z#f']
const cases = []
for (const sessionToken of [undefined, 'token/+=']) {
  const sign = signerFor({
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    sessionToken, region: 'eu-west-1', endpoint: 'https://s3.eu-west-1.amazonaws.com/media',
    time: '2026-01-02T03:04:05Z',
  })
  for (const key of keys) {
    for (const request of requestsFor(key)) {
      request.expiresIn = 600
      cases.push({ request, session_token: sessionToken ?? null, url: await sign(request) })
    }
  }
}
console.log(JSON.stringify(cases, null, 1))
