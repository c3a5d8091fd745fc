// Measures a presigned URL in the core, and its SHA-256 alone.
//
// limit: the 64-byte blocks of SHA-256 for a URL whose signing key is known (its canonical request,
// its string to sign after HMAC's inner pad, one for the outer hash), at the speed at which OpenSSL
// hashes a long message. presign: a URL whose signing key is known. row: the core's part of one row
// of a query, which also looks up target and key. hashes: the three hashes of a URL by OpenSSL and
// nothing else. Prints «core ÷ limit» of presign and row, which depends on the processor's SHA-256,
// and «core ÷ hashes» of presign, which does not. Exits with status 1 if the latter is over
// S3SIGN_BENCH_LIMIT (default 1.25). Accepts all flags of Google Benchmark.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include "requests.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/hash.hpp"

namespace {

using namespace s3sign;
using namespace s3sign::bench;
using benchmark::DoNotOptimize;
using benchmark::State;

// --- the whole ----------------------------------------------------------------------------------

void row(State& state, const key_list& keys) {
    core c;
    std::size_t i = 0;
    for (auto _ : state) DoNotOptimize(c.row(keys[i++ % keys.size()]).data());
}

// One batch hashes as many blocks as the URLs of all keys need.
void limit(State& state, const key_list& keys) {
    const std::string message(64 * blocks_of(keys) - 9, 'x');
    const auto urls = static_cast<benchmark::IterationCount>(keys.size());
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    while (state.KeepRunningBatch(urls)) {
        unsigned char digest[32];
        EVP_DigestInit_ex2(context, md, nullptr);
        EVP_DigestUpdate(context, message.data(), message.size());
        EVP_DigestFinal_ex(context, digest, nullptr);
        DoNotOptimize(digest);
    }
    EVP_MD_free(md);
    EVP_MD_CTX_free(context);
}

// A URL's three hashes by OpenSSL's EVP, from the cached SHA-256 states of a key: the least that
// any core with EVP must do.
void hashes(State& state, const key_list& keys) {
    std::vector<std::string> requests;
    for (const std::string& key : keys) requests.push_back(canonical_request_of(key));
    const std::string to_sign = string_to_sign().substr(64);
    const std::string block(64, 'x');
    EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_MD_CTX* contexts[4];
    for (EVP_MD_CTX*& context : contexts) {
        context = EVP_MD_CTX_new();
        EVP_DigestInit_ex2(context, md, nullptr);
    }
    EVP_MD_CTX *const empty = contexts[0], *const inner = contexts[1], *const outer = contexts[2],
                      *const work = contexts[3];
    EVP_DigestUpdate(inner, block.data(), block.size());
    EVP_DigestUpdate(inner, block.data(), block.size());
    EVP_DigestUpdate(outer, block.data(), block.size());
    unsigned char digest[32];
    const auto hash = [&](EVP_MD_CTX* from, const void* data, std::size_t size) {
        EVP_MD_CTX_copy_ex(work, from);
        EVP_DigestUpdate(work, data, size);
        EVP_DigestFinal_ex(work, digest, nullptr);
    };
    std::size_t i = 0;
    for (auto _ : state) {
        const std::string& request = requests[i++ % requests.size()];
        hash(empty, request.data(), request.size());
        hash(inner, to_sign.data(), to_sign.size());
        hash(outer, digest, sizeof digest);
        DoNotOptimize(digest);
    }
    for (EVP_MD_CTX* context : contexts) EVP_MD_CTX_free(context);
    EVP_MD_free(md);
}

void row_with_a_fresh_key(State& state) {
    const s3::target target = s3::resolve(place);
    std::vector<char> buffer(10000);
    std::size_t i = 0;
    for (auto _ : state) {
        sigv4::signing_key key(secret, scope);
        const sigv4::presign_request r = request_of(target, plain[i++ % plain.size()]);
        DoNotOptimize(sigv4::write_presigned_url(buffer, r, time_of_signing, key));
    }
}

void verify(State& state) {
    std::vector<std::string> urls;
    core c;
    for (const std::string& key : plain) urls.emplace_back(c.row(key));
    verifier v;
    std::size_t i = 0;
    for (auto _ : state) DoNotOptimize(v.matches(urls[i++ % urls.size()]));
}

// --- the stages ---------------------------------------------------------------------------------

void timestamp(State& state) {
    std::int64_t seconds = now;
    for (auto _ : state) DoNotOptimize(sigv4::timestamp(seconds++));
}

// For the comparison with a row without the argument signed_at.
void clock_read(State& state) {
    for (auto _ : state) DoNotOptimize(std::time(nullptr));
}

void target_cached(State& state) {
    s3::target_cache cache;
    for (auto _ : state) DoNotOptimize(&cache.get(place));
}

void target_resolved(State& state) {
    for (auto _ : state) DoNotOptimize(s3::resolve(place));
}

void key_cached(State& state) {
    sigv4::key_cache cache;
    for (auto _ : state) DoNotOptimize(&cache.get(secret, scope));
}

void key_derived(State& state) {
    for (auto _ : state) DoNotOptimize(sigv4::signing_key(secret, scope));
}

void presign(State& state, const key_list& keys) {
    const s3::target target = s3::resolve(place);
    sigv4::signing_key key(secret, scope);
    std::vector<char> buffer(10000);
    std::size_t i = 0;
    for (auto _ : state) {
        const sigv4::presign_request r = request_of(target, keys[i++ % keys.size()]);
        DoNotOptimize(sigv4::write_presigned_url(buffer, r, sigv4::timestamp(now), key));
    }
}

void encode_path(State& state, const key_list& keys) {
    std::vector<char> buffer(1000);
    std::size_t i = 0;
    for (auto _ : state) {
        DoNotOptimize(sigv4::uri_encode_path(buffer.data(), keys[i++ % keys.size()]));
        benchmark::ClobberMemory();
    }
}

void canonical_request(State& state) {
    std::vector<char> buffer(10000);
    const s3::target target = s3::resolve(place);
    const std::size_t begin = documented_url.find('?') + 1;
    const sigv4::request r{
        .method = "GET",
        .path = "/test.txt",
        .query = documented_url.substr(begin, documented_url.find("&X-Amz-Signature=") - begin),
        .host = target.host,
        .headers = {},
        .payload = sigv4::unsigned_payload,
    };
    for (auto _ : state) {
        DoNotOptimize(sigv4::put_canonical_request(buffer.data(), r));
        benchmark::ClobberMemory();
    }
}

void sha256_of_canonical_request(State& state) {
    const std::string text = canonical_request_of(plain[0]);
    for (auto _ : state) DoNotOptimize(sigv4::sha256(text));
}

void put_string_to_sign(State& state) {
    char buffer[300];
    const sigv4::digest hash{};
    for (auto _ : state) {
        DoNotOptimize(sigv4::put_string_to_sign(buffer, time_of_signing, scope, hash));
        benchmark::ClobberMemory();
    }
}

void signature(State& state) {
    sigv4::signing_key key(secret, scope);
    sigv4::digest hash{};
    for (auto _ : state) hash = key.sign(time_of_signing, hash);
}

void signature_in_a_new_second(State& state) {
    sigv4::signing_key key(secret, scope);
    const sigv4::timestamp next(now + 1);
    sigv4::digest hash{};
    bool even = false;
    for (auto _ : state) hash = key.sign((even = !even) ? time_of_signing : next, hash);
}

// --- the report ---------------------------------------------------------------------------------

// Prints the medians of the repetitions, and keeps the lowest times: on a busy machine these still
// measure the code, while medians also measure other processes.
class reporter : public benchmark::ConsoleReporter {
   public:
    reporter() : ConsoleReporter(OO_Tabular) {}

    void ReportRuns(const std::vector<Run>& runs) override {
        std::vector<Run> medians;
        for (const Run& r : runs) {
            if (r.aggregate_name == "median") medians.push_back(r);
            if (r.run_type != Run::RT_Iteration) continue;
            const auto [lowest, first] =
                nanoseconds.emplace(r.run_name.str(), r.GetAdjustedCPUTime());
            if (!first) lowest->second = std::min(lowest->second, r.GetAdjustedCPUTime());
        }
        if (!medians.empty()) ConsoleReporter::ReportRuns(medians);
    }

    std::map<std::string, double> nanoseconds;
};

void report_time(const reporter& r, const std::string& what) {
    const auto cost = r.nanoseconds.find(what);
    if (cost != r.nanoseconds.end()) std::printf("%s: %.1f ns\n", what.c_str(), cost->second);
}

// Prints the time of a block of SHA-256, and so the processor's class.
void report_block(const reporter& r) {
    constexpr double least_without_instructions = 100;
    const auto limit = r.nanoseconds.find("limit/plain");
    if (limit == r.nanoseconds.end()) return;
    const double block =
        limit->second * static_cast<double>(plain.size()) / static_cast<double>(blocks_of(plain));
    std::printf("A block of SHA-256 costs %.1f ns: %s SHA instructions\n", block,
                block > least_without_instructions ? "without" : "with");
}

// Prints the ratio of `what`, with keys of this kind, to its limit.
void report(const reporter& r, const std::string& what, const std::string& kind,
            const key_list& keys) {
    const auto cost = r.nanoseconds.find(what + "/" + kind);
    const auto limit = r.nanoseconds.find("limit/" + kind);
    if (cost == r.nanoseconds.end() || limit == r.nanoseconds.end()) return;
    std::printf("%s, %s keys: %.0f ns, its %.1f blocks of SHA-256 %.0f ns: core / limit = %.2f\n",
                what.c_str(), kind.c_str(), cost->second,
                static_cast<double>(blocks_of(keys)) / static_cast<double>(keys.size()),
                limit->second, cost->second / limit->second);
}

// The ratio of a URL to its hashes by OpenSSL alone; 0 if it was not measured.
double report_hashes(const reporter& r) {
    const auto cost = r.nanoseconds.find("presign/plain");
    const auto hashes = r.nanoseconds.find("hashes/plain");
    if (cost == r.nanoseconds.end() || hashes == r.nanoseconds.end()) return 0;
    const double ratio = cost->second / hashes->second;
    std::printf(
        "presign, plain keys: its three hashes by OpenSSL alone %.0f ns: core / hashes = %.3f\n",
        hashes->second, ratio);
    return ratio;
}

}  // namespace

BENCHMARK_CAPTURE(row, plain, plain);
BENCHMARK_CAPTURE(row, hard, hard);
BENCHMARK_CAPTURE(limit, plain, plain);
BENCHMARK_CAPTURE(limit, hard, hard);
BENCHMARK_CAPTURE(hashes, plain, plain);
BENCHMARK(row_with_a_fresh_key);
BENCHMARK(timestamp);
BENCHMARK(clock_read);
BENCHMARK(verify);
BENCHMARK(target_cached);
BENCHMARK(target_resolved);
BENCHMARK(key_cached);
BENCHMARK(key_derived);
BENCHMARK_CAPTURE(presign, plain, plain);
BENCHMARK_CAPTURE(presign, hard, hard);
BENCHMARK_CAPTURE(encode_path, plain, plain);
BENCHMARK_CAPTURE(encode_path, hard, hard);
BENCHMARK(canonical_request);
BENCHMARK(sha256_of_canonical_request);
BENCHMARK(put_string_to_sign);
BENCHMARK(signature);
BENCHMARK(signature_in_a_new_second);

int main(int argc, char** argv) {
    if (const std::string url(core().row("test.txt")); url != documented_url) {
        std::fprintf(stderr, "the core signs AWS's documented request wrongly:\n%s\n", url.c_str());
        return 1;
    }
    // short repetitions of all benchmarks, mixed: a slow moment of the machine then affects few of
    // each
    std::string defaults[] = {"--benchmark_enable_random_interleaving=true",
                              "--benchmark_repetitions=51", "--benchmark_min_time=0.005"};
    std::vector<char*> arguments{argv[0]};
    for (std::string& flag : defaults) arguments.push_back(flag.data());
    arguments.insert(arguments.end(), argv + 1, argv + argc);
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;

    reporter medians;
    benchmark::RunSpecifiedBenchmarks(&medians);
    const char* asked = std::getenv("S3SIGN_BENCH_LIMIT");
    const double times = asked != nullptr ? std::atof(asked) : 1.25;
    std::puts("The lowest of the repetitions:");
    report_block(medians);
    report_time(medians, "clock_read");
    report_time(medians, "verify");
    report(medians, "row", "hard", hard);
    report(medians, "row", "plain", plain);
    report(medians, "presign", "hard", hard);
    report(medians, "presign", "plain", plain);
    if (report_hashes(medians) <= times) return 0;
    std::printf("The last is over %.2f.\n", times);
    return 1;
}
