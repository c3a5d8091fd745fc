// The signer of @uppy/aws-s3, and the seven requests that it signs.
import { readFileSync } from 'node:fs'
import { createSigV4Signer } from './node_modules/@uppy/aws-s3/lib/s3-client/signer.js'

export const name = 'uppy ' +
  JSON.parse(readFileSync('node_modules/@uppy/aws-s3/package.json', 'utf8')).version

// Not an id with `~`: its signature is then of `%7E`, which no server computes.
const uploadId = 'VXBs.b2Fk_SUQ-a+b/c='

export const requestsFor = key => [
  { method: 'PUT', key },
  { method: 'POST', key },
  { method: 'PUT', key, uploadId, partNumber: 10000 },
  { method: 'GET', key, uploadId },
  { method: 'POST', key, uploadId },
  { method: 'DELETE', key, uploadId },
  { method: 'DELETE', key },
]

// A function of a request that returns its URL, signed at `time`.
export function signerFor({ time, ...config }) {
  const sign = createSigV4Signer(config)
  const RealDate = Date
  return async request => {
    globalThis.Date = class extends RealDate { constructor() { super(time) } }
    try {
      return (await sign(request)).url
    } finally {
      globalThis.Date = RealDate
    }
  }
}
