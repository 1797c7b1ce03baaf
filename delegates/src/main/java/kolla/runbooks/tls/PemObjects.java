package kolla.runbooks.tls;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.encoders.DecoderException;

/** What stands in a text in PEM, in its order; what is neither certificate nor key is passed by. */
record PemObjects(List<X509Certificate> certificates, List<PrivateKey> keys) {

    private static final Map<String, String> KINDS =
            Map.of(
                    PKCSObjectIdentifiers.rsaEncryption.getId(), "RSA",
                    PKCSObjectIdentifiers.id_RSASSA_PSS.getId(), "RSASSA-PSS",
                    X9ObjectIdentifiers.id_ecPublicKey.getId(), "EC",
                    EdECObjectIdentifiers.id_Ed25519.getId(), "EdDSA",
                    EdECObjectIdentifiers.id_Ed448.getId(), "EdDSA");

    static PemObjects read(String text) throws UnusablePem {
        List<X509Certificate> certificates = new ArrayList<>();
        List<PrivateKey> keys = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof X509CertificateHolder holder) {
                    certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
                } else if (found instanceof PrivateKeyInfo key) {
                    keys.add(key(key));
                } else if (found instanceof PEMKeyPair pair) {
                    keys.add(key(pair.getPrivateKeyInfo()));
                } else if (found instanceof PKCS8EncryptedPrivateKeyInfo
                        || found instanceof PEMEncryptedKeyPair) {
                    throw new UnusablePem(
                            "its private key is protected by a passphrase, which HAProxy cannot ask"
                                    + " for; store the key without one (openssl pkey)");
                }
            }
        } catch (IOException | CertificateException | DecoderException e) {
            // the parser's own words may repeat what it read
            throw new UnusablePem("is no PEM that can be read: a block in it is damaged", e);
        }
        return new PemObjects(List.copyOf(certificates), List.copyOf(keys));
    }

    private static PrivateKey key(PrivateKeyInfo info) throws IOException, UnusablePem {
        String oid = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
        String kind = KINDS.get(oid);
        if (kind == null) {
            throw new UnusablePem(
                    "its private key is of a kind that HAProxy cannot use here ("
                            + oid
                            + "); RSA, EC or Ed25519 would be right");
        }
        try {
            return KeyFactory.getInstance(kind)
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new UnusablePem("its private key (" + kind + ") is damaged", e);
        }
    }
}
