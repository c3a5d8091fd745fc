-- peers_python.sql - as peers.sql: botocore in plpython3u, its client kept for the session

CREATE EXTENSION plpython3u;

CREATE FUNCTION presign_botocore(key text, t double precision = extract(epoch FROM now())) RETURNS text
	LANGUAGE plpython3u STABLE
	AS $$
import datetime
if 'client' not in GD:
    import botocore.auth
    import botocore.config
    import botocore.session
    import types

    class Clock(datetime.datetime):
        time = None

        @classmethod
        def utcnow(cls):
            return cls.time

    # for the comparison with the URLs of other methods
    botocore.auth.datetime = types.SimpleNamespace(datetime=Clock)
    botocore.auth.get_current_datetime = lambda remove_tzinfo=True: Clock.time
    GD['clock'] = Clock
    GD['client'] = botocore.session.get_session().create_client(
        's3', region_name='us-east-1', aws_access_key_id='AKIAIOSFODNN7EXAMPLE',
        aws_secret_access_key='wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        config=botocore.config.Config(signature_version='s3v4'))
GD['clock'].time = datetime.datetime.fromtimestamp(int(t), datetime.timezone.utc).replace(tzinfo=None)
return GD['client'].generate_presigned_url('get_object', {'Bucket': 'examplebucket', 'Key': key}, 900)
$$;

INSERT INTO way VALUES
(5, 'plpython3u, botocore', 300, $$
	SELECT key, presign_botocore(key) AS url FROM %I $$);
