using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>The two hashes that the hub names contents by.</summary>
internal static class BlobHash
{
    private const int Sha1Length = 40;
    private const int Sha256Length = 64;
    private const int BlockSize = 1 << 17;

    /// <summary>Whether the text has the form of one of them.</summary>
    public static bool IsHash([NotNullWhen(true)] string? text) =>
        text?.Length is Sha1Length or Sha256Length && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Hashes a file in the way that <paramref name="expected"/> was made.</summary>
    public static async Task<string> ComputeAsync(string path, string expected, CancellationToken cancellationToken)
    {
        var stream = new FileStream(RegularFile.Open(path), FileAccess.Read, bufferSize: 0);
        await using (stream.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(expected.Length == Sha256Length ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
            if (expected.Length == Sha1Length)
            {
                hash.AppendData(Encoding.ASCII.GetBytes($"blob {stream.Length}\0"));
            }

            byte[] block = new byte[BlockSize];
            int read;
            while ((read = await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(block, 0, read);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }
}
