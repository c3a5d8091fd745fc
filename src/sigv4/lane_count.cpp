#include "sigv4/lane_count.hpp"

#include <memory>
#include <optional>
#include <string_view>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#ifdef __x86_64__
#include <cpuid.h>
#endif

namespace s3sign::sigv4 {
namespace {

#ifdef __x86_64__
struct cpu_features {
    bool avx2 = false, avx512bw = false, sha = false;
};

// The registers that the kernel saves: XCR0. __builtin_cpu_supports() knows too, but links a static
// initialiser.
[[gnu::target("xsave")]] unsigned long long saved_registers() { return __builtin_ia32_xgetbv(0); }

cpu_features find_features() {
    constexpr unsigned ymm = 0x6, zmm = 0xe6;  // Intel SDM vol. 1, §13.3
    cpu_features found;
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & bit_OSXSAVE) == 0) return found;
    const auto saved = saved_registers();
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return found;
    found.avx2 = (b & bit_AVX2) != 0 && (saved & ymm) == ymm;
    found.avx512bw = (b & bit_AVX512F) != 0 && (b & bit_AVX512BW) != 0 && (saved & zmm) == zmm;
    found.sha = (b & bit_SHA) != 0;
    return found;
}

// Another default provider, or FIPS mode, is meant to compute every hash.
bool default_provider_hashes() {
    if (EVP_default_properties_is_fips_enabled(nullptr) != 0) return false;
    const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256(
        EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
    if (!sha256) {
        ERR_clear_error();
        return false;
    }
    const OSSL_PROVIDER* const provider = EVP_MD_get0_provider(sha256.get());
    return std::string_view(OSSL_PROVIDER_get0_name(provider)) == "default";
}

std::size_t choose_lane_count() {
    const cpu_features has = find_features();
    if (has.sha && !has.avx512bw) return 0;
    return default_provider_hashes() ? most_lanes() : 0;
}
#else
std::size_t choose_lane_count() { return 0; }
#endif

constinit std::optional<std::size_t> chosen;

}  // namespace

std::size_t most_lanes() {
#ifdef __x86_64__
    const cpu_features has = find_features();
    return has.avx512bw ? 16 : has.avx2 ? 8 : 0;
#else
    return 0;
#endif
}

std::size_t lane_count() {
    if (!chosen) chosen = choose_lane_count();
    return *chosen;
}

void set_lane_count(std::size_t count) { chosen = count; }

}  // namespace s3sign::sigv4
