"""Importing key material into KMS."""

STAYS = "KEY_MATERIAL_DOES_NOT_EXPIRE"


def imported(kms, wrap, made, material, algorithm="RSAES_OAEP_SHA_256", spec="RSA_2048", **more):
    parameters = kms.get_parameters_for_import(KeyId=made["KeyId"], WrappingAlgorithm=algorithm, WrappingKeySpec=spec)
    return kms.import_key_material(KeyId=made["KeyId"], ImportToken=parameters["ImportToken"],
                                   EncryptedKeyMaterial=wrap(parameters, algorithm, material),
                                   **{"ExpirationModel": STAYS, **more})
