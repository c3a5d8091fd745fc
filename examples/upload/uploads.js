// Uppy, with the functions create_upload, sign and finish_upload.
import AwsS3 from "@uppy/aws-s3";
import Uppy from "@uppy/core";
import Dashboard from "@uppy/dashboard";
import GoldenRetriever from "@uppy/golden-retriever";
import { call, person } from "./api.js";

const MiB = 1024 * 1024;
const PARTS_FROM = 16 * MiB;
const OFFLINE = "There is no connection. Uploads go on when it is back.";
const RANGE = 10_000_000; // what a document without a size may have
const type = (file) => file.type || "application/octet-stream";

// The exact size, or null for a picture: it may still be edited or compressed, so it is uploaded in a
// form, which limits the size to a range.
const bytes = (file) => type(file).startsWith("image/") && file.size < RANGE ? null : file.size;

// The key of the file's document, which is created once, however often the upload is retried.
async function documentKey(uppy, file) {
	if (!file.meta.key) {
		const { id, key } = await call("create_upload",
			{ name: file.name.slice(0, 200), type: type(file), bytes: bytes(file) });
		uppy.setFileMeta(file.id, { document: id, key });
		return key;
	}
	return file.meta.key;
}

function inWords({ name, status, message }) {
	if (name === "S3NetworkError") return "The storage gave no answer: there is no connection, or it refuses the file.";
	if (name !== "S3ServiceError") return message;
	if (status === 403) return "The storage refuses the file: it is not what was announced, or took too long.";
	if (status === 404) return "The storage no longer has this upload. Remove the file and add it again.";
	return `The storage does not take the file (${status}).`;
}

export function startUploads(target, { announce, complain, uploaded }) {
	// GoldenRetriever keeps files by this id: nobody gets those that another person left in the browser
	const uppy = new Uppy({ id: `documents-${encodeURIComponent(person())}`, restrictions: { maxFileSize: 50_000_000_000 } });
	uppy.use(Dashboard, {
		target, inline: true, width: "100%", height: 430, theme: "auto", proudlyDisplayPoweredByUppy: false, disableInformer: true,
		note: "Up to 50 GB each. You can pause an upload, or reload the page and go on.",
		locale: { strings: { dashboardTitle: "Uploads", removeFile: "Remove %{file}" } },
	});
	// a larger file must be chosen again after a reload, and its upload then continues
	uppy.use(GoldenRetriever, { indexedDB: { maxFileSize: 1e9, maxTotalSize: 4e9 } });
	uppy.use(AwsS3, {
		shouldUseMultipart: (file) => bytes(file) !== null && file.size >= PARTS_FROM,
		getChunkSize: ({ size }) => Math.max(8 * MiB, Math.ceil(size / 10_000)),
		// the key in the first request of an upload; later requests have the document's key
		generateObjectKey: (file) => file.id,
		signRequest: async (request) => {
			const file = uppy.getFile(request.key);
			return call("sign", { request: { ...request, key: file ? await documentKey(uppy, file) : request.key } });
		},
	});
	uppy.addPostProcessor(async (ids) => {
		await Promise.all(ids.map(async (id) => {
			const file = uppy.getFile(id);
			if (!file?.progress.uploadComplete || file.error) return;
			try {
				await call("finish_upload", { id: file.meta.document });
			} catch (error) {
				uppy.emit("upload-error", file, error);
			}
		}));
		await uploaded();
	});

	// Screen readers announce every ten percent, and the result.
	let step = 0;
	uppy.on("upload", () => {
		step = 0;
		complain("");
	});
	uppy.on("progress", (percent) => {
		const now = Math.floor(percent / 10);
		if (now > step && now < 10) announce(`${now * 10} % uploaded`);
		step = now;
	});
	uppy.on("complete", ({ successful, failed }) => {
		if (successful.length + failed.length === 0) return;
		announce(`${successful.length} uploaded${failed.length ? `, ${failed.length} failed` : ""}`);
	});

	uppy.on("restriction-failed", (file, error) => complain(error.message));
	uppy.on("upload-error", (file, error) => {
		const message = inWords(error);
		uppy.setFileState(file.id, { error: message });
		complain(navigator.onLine ? `${file.name} was not uploaded. ${message}` : OFFLINE);
	});
	uppy.on("is-offline", () => complain(OFFLINE));
	uppy.on("back-online", () => {
		complain("");
		if (uppy.getFiles().some((file) => file.error)) uppy.retryAll();
	});
	return uppy;
}
