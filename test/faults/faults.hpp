// One call that fails, on command: the n-th of a kind from now on.
#pragma once

extern "C" {

enum faults_kind : int {
    faults_none,
    faults_palloc,    // of the server's, called by s3sign: see wrap.cpp
    faults_malloc,    // by whomever in the process: C++, OpenSSL, the server
    faults_fetch,     // EVP_MD_fetch: no provider has SHA-256
    faults_provider,  // all calls until faults_disarm(): the provider of SHA-256 has stopped
};

// Whether this call of the kind is to fail. None does after it.
bool faults_due(int kind) noexcept;

void faults_arm(int kind, int count) noexcept;

// Returns whether a call has failed since it was armed.
bool faults_disarm() noexcept;
}
