// Each request of Uppy's S3 client, sent as s3sign_request says. Prints TAP.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { S3mini } from './node_modules/@uppy/aws-s3/lib/s3-client/S3mini.js'

const MiB = 1024 * 1024
const refused = []
let number = 0

function check(good, what, said = '') {
  console.log(`${good ? 'ok' : 'not ok'} ${++number} - ${what}`)
  if (!good) {
    console.log('#', said?.message ?? said)
    process.exitCode = 1
  }
}

// As far as Uppy needs it, and with a browser's refusal of headers.
globalThis.XMLHttpRequest = class {
  upload = {}
  status = 0
  #headers = {}
  open(method, url) { Object.assign(this, { method, url }) }
  setRequestHeader(name, value) {
    if (/^(content-length|host|date|expect|te|connection)$/i.test(name)) refused.push(name)
    else this.#headers[name] = value
  }
  async send(body) {
    const answer = await fetch(this.url, { method: this.method, headers: this.#headers, body })
    this.status = answer.status
    this.statusText = answer.statusText
    this.responseText = await answer.text()
    this.getResponseHeader = name => answer.headers.get(name)
    this.onload()
  }
  abort() {}
}

const jsonb = value => `jsonb '${JSON.stringify(value).replaceAll("'", "''")}'`
const sql = query => execFileSync('psql', ['-XAtq', '-c', query], { encoding: 'utf8' }).trim()
let row = {}
const s3 = new S3mini({
  signRequest: request => JSON.parse(sql(`select s3sign_request('uploads', ${jsonb(request)} || ${jsonb(row)})`)),
})
const read = async key => {
  const answer = await fetch(sql(`select s3sign_get('uploads', '${key.replaceAll("'", "''")}')`))
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) }
}
const same = async (key, bytes) => Buffer.compare((await read(key)).bytes, bytes) === 0
const attempt = async f => { try { return await f() } catch (error) { return error } }

const small = randomBytes(1000)
const key = 'Größe/50% & more+?.bin'
const blob = bytes => new Blob([bytes], { type: 'image/png' })

let said = await attempt(() => s3.putObject({ key, data: blob(small), fileType: 'image/png' }))
check(said.key === key && await same(key, small), 'PUT', said)
row = { bytes: small.length, overwrite: true, headers: { 'x-amz-meta-colour': 'red' }, key: 'chosen by the row' }
said = await attempt(() => s3.putObject({ key, data: blob(small), fileType: 'image/png' }))
const { answer } = await read(row.key)
check(said.key === row.key && answer.headers.get('x-amz-meta-colour') === 'red' && answer.headers.get('content-type') === 'image/png',
  "PUT with the row's size, metadata and key", said)
row = { bytes: 999 }
said = await attempt(() => s3.putObject({ key, data: blob(small), fileType: 'image/png' }))
check(said.status === 403, 'PUT of another size', said)
row = { maxBytes: 1000 }
said = await attempt(() => s3.putObject({ key: 'form', data: blob(small), fileType: 'image/png' }))
check(said.key === 'form' && await same('form', small), 'form', said)
said = await attempt(() => s3.putObject({ key: 'form', data: blob(randomBytes(1001)), fileType: 'image/png' }))
check(said.status === 400, 'form with a file that is too large', said)

const large = randomBytes(5 * MiB + 1)
row = { bytes: large.length, maxBytes: 6 * MiB, overwrite: false, contentType: 'video/mp4' }
const upload = await attempt(() => s3.createMultipartUpload({ key: 'large', fileType: 'video/mp4' }))
check(upload.key === 'large' && upload.uploadId, 'POST that begins an upload in parts', upload)
const parts = []
for (const [i, data] of [large.subarray(0, 5 * MiB), large.subarray(5 * MiB)].entries()) {
  said = await attempt(() => s3.uploadPart({ ...upload, partNumber: i + 1, data: blob(data) }))
  parts.push({ partNumber: i + 1, etag: said.etag })
  check(said.etag, `PUT of part ${i + 1}`, said)
}
said = await attempt(() => s3.listParts(upload))
check(said.length === 2 && said[1].etag.replaceAll('"', '') === parts[1].etag, 'GET of the list of parts', said)
said = await attempt(() => s3.completeMultipartUpload({ ...upload, parts }))
check(said.key === 'large' && await same('large', large), 'POST that completes it', said)
const other = await attempt(() => s3.createMultipartUpload({ key: 'never' }))
await attempt(() => s3.abortMultipartUpload(other))
said = await attempt(() => s3.listParts(other))
check(said.status === 404, 'DELETE that gives an upload up', said)
row = {}
said = await attempt(() => s3.deleteObject({ key }))
check(said === undefined && (await read(key)).answer.status === 404, 'DELETE of an object', said)
check(refused.length === 0, 'no header that a browser refuses', refused)
console.log(`1..${number}`)
