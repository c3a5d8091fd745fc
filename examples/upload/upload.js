// One file on its way to the storage: in one request, or in parts, several at once.
import { Refused, call, send } from "./api.js";

const MiB = 1024 * 1024;
const LARGE = 16 * MiB; // from here on in parts
const PART = 8 * MiB; // S3: at least 5 MiB but for the last
const MOST_PARTS = 10000;
const AT_ONCE = 4;
const TRIES = 4;

// progress(bytes) says how far it has come; signal gives it up.
export async function upload(file, progress, signal) {
	const described = {
		name: file.name.slice(0, 200),
		type: /^[a-z]+\/[a-z0-9.+-]+$/.test(file.type) ? file.type : "application/octet-stream",
		bytes: file.size,
	};
	const id = await (file.size < LARGE ? inOne : inParts)(file, described, progress, signal);
	await call("finish_upload", { id });
}

async function inOne(file, described, progress, signal) {
	const ticket = await call("create_upload", described);
	let body = file;
	if (ticket.method === "POST") {
		body = new FormData();
		for (const [name, value] of Object.entries(ticket.fields)) body.append(name, value);
		body.append("file", file); // the last field: S3 ignores what follows
	}
	await retried(signal, () =>
		send(ticket.method, ticket.url, body, { headers: ticket.headers, progress, signal }));
	return ticket.id;
}

async function inParts(file, described, progress, given) {
	// when one part fails for good, the others end too
	const failure = new AbortController();
	const signal = AbortSignal.any([given, failure.signal]);
	const size = Math.max(PART, Math.ceil(file.size / MOST_PARTS));
	const count = Math.ceil(file.size / size);
	const { id, url } = await call("create_multipart_upload", described);
	const begun = await send("POST", url, null, { headers: { "content-type": described.type }, signal });
	const uploadId = new DOMParser().parseFromString(begun.responseText, "text/xml")
		.querySelector("UploadId").textContent;
	const urls = () => call("upload_parts", { id, upload_id: uploadId, parts: count });
	let fresh = await urls();

	try {
		const sent = new Array(count).fill(0);
		const tags = await atOnce(count, async (i) => {
			const part = file.slice(i * size, (i + 1) * size);
			const answer = await retried(signal, () =>
				send("PUT", fresh.parts[i], part, {
					signal,
					progress: (bytes) => {
						sent[i] = bytes;
						progress(sent.reduce((a, b) => a + b));
					},
				}), async () => {
				fresh = await urls(); // good for an hour
			});
			return answer.getResponseHeader("ETag");
		});
		if (tags.includes(null)) throw new Refused("The bucket does not show ETag to this page (CORS).");
		const list = tags.map((tag, i) =>
			`<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag.replaceAll('"', "&quot;")}</ETag></Part>`);
		await retried(signal, () =>
			send("POST", fresh.complete, `<CompleteMultipartUpload>${list.join("")}</CompleteMultipartUpload>`,
				{ headers: { "content-type": "text/xml" }, signal }));
	} catch (error) {
		failure.abort();
		send("DELETE", fresh.abort, null).catch(() => {}); // the bucket's lifecycle rule gets the rest
		throw error;
	}
	return id;
}

// Results of work(0) … work(count - 1), some at once.
async function atOnce(count, work) {
	const results = new Array(count);
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const i = next++;
			results[i] = await work(i);
		}
	};
	await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, worker));
	return results;
}

// What may be trouble on the way is tried again, after a while; what is refused for good is not.
// A refused link may only be old: refresh() gets another where there is one to get.
async function retried(signal, work, refresh = null) {
	for (let i = 1; ; i++) {
		try {
			return await work();
		} catch (error) {
			const mayPass = error instanceof Refused && (error.status < 400 || error.status >= 500 ||
				[408, 429].includes(error.status) || (error.status === 403 && refresh));
			if (!mayPass || i === TRIES) throw error;
			await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** i));
			if (signal.aborted) throw new DOMException("Cancelled.", "AbortError");
			if (error.status === 403) await refresh();
		}
	}
}
