using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Splade.AI.Hashing;

namespace Splade.AI.Bm25;

/// <summary>What the vectors of a BM25 encoder depend on: its options, since there is no model.</summary>
internal static class Bm25Identity
{
    public const string ModelName = "bm25";

    /// <summary>Part of every hash: to be raised when the same options begin to give other vectors.</summary>
    private const string Version = "splade.ai bm25 1";

    public static SparseModelIdentity Of(Bm25Options options) => new()
    {
        ModelName = ModelName,
        ModelHash = Hash(options),
        Dimensions = HashedTerms.Dimensions,
        RequiresIdf = true,
    };

    private static string Hash(Bm25Options options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IEnumerable<string> parts =
        [
            Version, Text(options.K), Text(options.B), Text(options.AverageLength), Text(options.MaxTokenLength),
            Name(options.WordCutter.Name, options.WordCutter.IsBuiltIn), Name(options.Stemmer.Name, options.Stemmer.IsBuiltIn),
            .. options.StopWords.Order(StringComparer.Ordinal),
        ];
        foreach (string part in parts)
        {
            // The length keeps parts apart, whatever characters they have.
            hash.AppendData(Encoding.UTF8.GetBytes($"{part.Length}:{part}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Name(string name, bool isBuiltIn) => $"{(isBuiltIn ? "own" : "given")} {name}";
}
