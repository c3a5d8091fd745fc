// The back end of examples/postgrest, and the storage that its URLs lead to. Errors are in words
// for the person who reads them.

export class Refused extends Error {
	constructor(message, status = 0) {
		super(message);
		this.status = status;
	}
}

const base = document.documentElement.dataset.api || location.origin;
let token = sessionStorage.getItem("token");

export function useToken(value) {
	token = value;
	if (value) sessionStorage.setItem("token", value);
	else sessionStorage.removeItem("token");
}

export const hasToken = () => Boolean(token);

async function ask(path, options = {}) {
	let answer;
	try {
		answer = await fetch(base + path, {
			...options,
			headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
		});
	} catch {
		throw new Refused("There is no connection to the server.");
	}
	const text = await answer.text();
	if (answer.ok) return text ? JSON.parse(text) : null;
	if (answer.status === 401)
		throw new Refused("The token is not accepted; it may have expired.", 401);
	let said = "";
	try {
		said = JSON.parse(text).message;
	} catch {
		// no JSON: a proxy's page
	}
	throw new Refused(`The server refuses: ${said || answer.status}`, answer.status);
}

export const call = (name, body) =>
	ask(`/rpc/${name}`, { method: "POST", body: JSON.stringify(body) });

export const documents = () =>
	ask("/documents?select=id,name,type,bytes,url&order=created_at.desc&limit=200");

export const freshUrl = (id) => ask(`/rpc/download?id=${encodeURIComponent(id)}`);

// Sends a body to the storage. XMLHttpRequest, since fetch does not tell how far it has come.
// Resolves to the request once the storage has said yes.
export function send(method, url, body, { headers = {}, progress = () => {}, signal } = {}) {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open(method, url);
		for (const [name, value] of Object.entries(headers))
			// the browser sends it by itself, and lets no script
			if (name !== "content-length") request.setRequestHeader(name, value);
		request.upload.onprogress = (event) => progress(event.loaded);
		request.onload = () => {
			// S3 may say 200 first and an error in the body when it puts parts together
			const good = request.status >= 200 && request.status < 300 &&
				!request.responseText.includes("<Error>");
			if (good) resolve(request);
			else reject(new Refused(inWords(request.status), request.status));
		};
		// Ceph, for one, refuses without CORS headers, and then no script learns why
		request.onerror = () => reject(new Refused(
			"The storage gave this page no answer: there is no connection, or it refuses the file."));
		request.onabort = () => reject(new DOMException("Cancelled.", "AbortError"));
		if (signal?.aborted) return reject(new DOMException("Cancelled.", "AbortError"));
		signal?.addEventListener("abort", () => request.abort(), { once: true });
		request.send(body);
	});
}

function inWords(status) {
	if (status === 403) return "The storage refuses the file: it is not what was announced, or the link has expired.";
	if (status === 413) return "The file is too large for the storage.";
	if (status >= 500) return `The storage has trouble (${status}).`;
	return `The storage refuses the file (${status}).`;
}
