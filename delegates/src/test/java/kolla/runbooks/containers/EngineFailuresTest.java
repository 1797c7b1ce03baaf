package kolla.runbooks.containers;

import static org.assertj.core.api.Assertions.assertThat;

import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.failure.RunbookFailure.Remedy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are those of Docker engines of the versions 20.10 to 28. */
class EngineFailuresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    manifest for r:5000/kolla/x:1 not found: manifest unknown: manifest unknown | KR-ENGINE-002 | PERSON
                    no matching manifest for linux/arm64/v8 in the manifest list entries | KR-ENGINE-002 | PERSON
                    Get "http://r:5000/v2/": dial tcp 10.0.0.1:5000: connect: connection refused | KR-ENGINE-003 | RETRY
                    Get "https://r/v2/": dial tcp: lookup r on 10.0.0.2:53: no such host | KR-ENGINE-003 | RETRY
                    Get "https://r/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded) | KR-ENGINE-003 | RETRY
                    Get "https://r/v2/": http: server gave HTTP response to HTTPS client | KR-ENGINE-003 | PERSON
                    Get "https://r/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority | KR-ENGINE-003 | PERSON
                    unauthorized: authentication required | KR-ENGINE-003 | PERSON
                    pull access denied for x, repository does not exist or may require 'docker login' | KR-ENGINE-003 | PERSON
                    write /var/lib/docker/tmp/GetImageBlob1: no space left on device | KR-ENGINE-004 | PERSON
                    failed to register layer: something odd | KR-ENGINE-005 | PERSON
                    """)
    void knowsWhatAFailedPullMeans(String words, String code, Remedy remedy) {
        RunbookFailure failure = EngineFailures.judgePull("ctl1", "r:5000/kolla/x:1", words);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.remedy()).isEqualTo(remedy);
        assertThat(failure.host()).contains("ctl1");
        assertThat(failure.evidence()).containsExactly(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mkdir /var/lib/docker/overlay2/x: no space left on device | KR-ENGINE-004
                    Conflict. The container name "/x" is already in use | KR-ENGINE-005
                    """)
    void knowsWhatAnyOtherErrorMeans(String words, String code) {
        assertThat(EngineFailures.judge("ctl1", "create x", words, null).code()).isEqualTo(code);
    }
}
