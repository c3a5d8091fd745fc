// Requests to PostgREST, and error messages for people.

const base = document.documentElement.dataset.api || location.origin;
const TRIES = 4;
let token = sessionStorage.getItem("token");

export function useToken(value) {
	token = value;
	if (value) sessionStorage.setItem("token", value);
	else sessionStorage.removeItem("token");
}

export const hasToken = () => Boolean(token);

// The claim "sub" of the token, or "". Only the database checks the token: use this for names alone.
export function person() {
	try {
		return JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).sub ?? "";
	} catch {
		return "";
	}
}

const online = () => navigator.onLine ||
	new Promise((resolve) => addEventListener("online", resolve, { once: true }));

// Waits while there is no network, and retries if there is no response.
async function ask(path, options) {
	for (let i = 1; ; i++) {
		await online();
		try {
			return await fetch(base + path, options);
		} catch {
			if (i === TRIES) throw new Error("There is no connection to the server.");
			await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** i));
		}
	}
}

// Calls a function and returns its result. GET is for functions that only read.
export async function call(name, body, method = "POST") {
	const get = method === "GET";
	const answer = await ask(`/rpc/${name}${get ? `?${new URLSearchParams(body)}` : ""}`, {
		method,
		headers: { Authorization: `Bearer ${token}`, ...(get ? {} : { "Content-Type": "application/json" }) },
		body: get ? undefined : JSON.stringify(body),
	});
	const text = await answer.text();
	if (answer.ok) return text ? JSON.parse(text) : null;
	let said = "";
	try {
		said = JSON.parse(text).message;
	} catch {
		// not JSON: a proxy's error page
	}
	throw Object.assign(new Error(
		answer.status === 401 ? "You are not signed in, or no longer." : said || `The server answers ${answer.status}.`),
	{ status: answer.status });
}
