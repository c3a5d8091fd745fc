// Preloaded into a server: intercepts malloc and calls of OpenSSL.
#include <dlfcn.h>

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <cerrno>
#include <cstddef>

#include "faults.hpp"

namespace {

int armed = faults_none;
int left = 0;
bool fired = false;

}  // namespace

extern "C" {

// glibc's own
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);

bool faults_due(int kind) noexcept {
    if (armed != kind || --left > 0) return false;
    armed = faults_none;
    fired = true;
    return true;
}

void faults_arm(int kind, int count) noexcept {
    left = count;
    fired = false;
    armed = kind;
}

bool faults_disarm() noexcept {
    armed = faults_none;
    return fired;
}

void* malloc(std::size_t size) {
    if (!faults_due(faults_malloc)) return __libc_malloc(size);
    errno = ENOMEM;
    return nullptr;
}

void* calloc(std::size_t count, std::size_t size) {
    if (!faults_due(faults_malloc)) return __libc_calloc(count, size);
    errno = ENOMEM;
    return nullptr;
}

void* realloc(void* block, std::size_t size) {
    if (!faults_due(faults_malloc)) return __libc_realloc(block, size);
    errno = ENOMEM;
    return nullptr;
}

void* EVP_MD_fetch(void* context, const char* algorithm, const char* properties) {
    using fetch = void* (*)(void*, const char*, const char*);
    static const auto next = reinterpret_cast<fetch>(::dlsym(RTLD_NEXT, "EVP_MD_fetch"));
    return faults_due(faults_fetch) ? nullptr : next(context, algorithm, properties);
}

// A provider that has stopped: no state is copied, and it says so.
int EVP_MD_CTX_copy_ex(void* to, const void* from) {
    using copy = int (*)(void*, const void*);
    static const auto next = reinterpret_cast<copy>(::dlsym(RTLD_NEXT, "EVP_MD_CTX_copy_ex"));
    return armed == faults_provider ? 0 : next(to, from);
}

int OSSL_PROVIDER_get_params(const void* provider, OSSL_PARAM* params) {
    using get = int (*)(const void*, OSSL_PARAM*);
    static const auto next = reinterpret_cast<get>(::dlsym(RTLD_NEXT, "OSSL_PROVIDER_get_params"));
    const int result = next(provider, params);
    if (armed == faults_provider)
        if (OSSL_PARAM* const status = OSSL_PARAM_locate(params, OSSL_PROV_PARAM_STATUS))
            OSSL_PARAM_set_int(status, 0);
    return result;
}
}
