using System.Globalization;
using System.Text.Json.Serialization;
using Splade.AI.ModelFiles;
using Splade.AI.Policy;

namespace Splade.AI;

/// <summary>
/// What vectors depend on, in a few words and hashes: kept beside stored vectors, it tells later whether those of another engine may be
/// compared with them.
/// </summary>
/// <remarks>
/// <para>
/// Immutable. Serialises with <see cref="SpladeJsonUtilities.DefaultOptions"/>. Two are equal if all of their properties are.
/// </para>
/// <para>
/// Not in it is what changes vectors a little and leaves them comparable: <see cref="Precision"/>, limits of tokens and of entries, dropped
/// special tokens. Nor are the weights of the model, which are known by its name.
/// </para>
/// </remarks>
public sealed record SpladeIdentity
{
    /// <summary>The model's name. A copy under another name counts as another model.</summary>
    public required string ModelName { get; init; }

    /// <summary>The size of the vocabulary, which is that of the vectors.</summary>
    public required int Dimensions { get; init; }

    /// <summary>SHA-256 over the tokens of the vocabulary in the order of their ids, in lower-case hexadecimal digits.</summary>
    public required string VocabularyHash { get; init; }

    /// <summary>How the weights of a text's tokens become one.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<PoolingStrategy>))]
    public required PoolingStrategy Pooling { get; init; }

    /// <summary>What makes a weight of a logit.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SpladeActivation>))]
    public required SpladeActivation Activation { get; init; }

    /// <summary>Whether queries are looked up in a table.</summary>
    public bool InferenceFreeQueries { get; init; }

    /// <summary>The hash of the vocabulary policy; null without one, or with one that has no rules.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>The hash of the rules of the policy that documents are under; null if there are none.</summary>
    public string? DocumentPolicyHash { get; init; }

    /// <summary>The hash of the rules of the policy that queries are under; null if there are none.</summary>
    public string? QueryPolicyHash { get; init; }

    /// <summary>In which ways vectors of this identity are others than those of another, in words; nothing if they may be compared.</summary>
    /// <param name="other">The other, for example that of the engine at hand.</param>
    /// <param name="inputType">
    /// Which vectors are meant: those of documents, as an index holds them, or of queries; null for both. A policy for queries does not
    /// make the vectors of documents others.
    /// </param>
    /// <returns>One text for each difference, such as <c>the model is 'a' instead of 'b'</c>: what is here, then what is in the other.</returns>
    public IReadOnlyList<string> DifferencesFrom(SpladeIdentity other, SpladeInputType? inputType = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        var found = new List<string>();
        Add("the model is", ModelName, other.ModelName, name => $"'{name}'");
        Add("the dimensions are", Dimensions, other.Dimensions, count => $"{count}");
        Add("the vocabulary has the hash", VocabularyHash, other.VocabularyHash, Start);
        Add("the pooling is", Pooling, other.Pooling, pooling => $"{pooling}");
        Add("the activation is", Activation, other.Activation, activation => $"{activation}");
        Add("queries are", InferenceFreeQueries, other.InferenceFreeQueries, areLookedUp => areLookedUp ? "looked up in a table" : "encoded by the model");
        if (inputType != SpladeInputType.Query)
        {
            Add("the vocabulary policy for documents is", DocumentPolicyHash, other.DocumentPolicyHash, Start);
        }

        if (inputType != SpladeInputType.Document)
        {
            Add("the vocabulary policy for queries is", QueryPolicyHash, other.QueryPolicyHash, Start);
        }

        return found;

        void Add<T>(string what, T here, T there, Func<T, string> describe)
        {
            if (!EqualityComparer<T>.Default.Equals(here, there))
            {
                found.Add($"{what} {describe(here)} instead of {describe(there)}");
            }
        }
    }

    /// <summary>What the vectors of documents depend on, for <see cref="Search.SearchIndexOptions.Space"/>: an index refuses those of another model.</summary>
    public IReadOnlyDictionary<string, string> ToSpace()
    {
        var space = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["model"] = ModelName,
            ["dimensions"] = Dimensions.ToString(CultureInfo.InvariantCulture),
            ["vocabulary"] = VocabularyHash,
            ["pooling"] = $"{Pooling}",
            ["activation"] = $"{Activation}",
        };
        if (DocumentPolicyHash is string hash)
        {
            space["policy"] = hash;
        }

        return space;
    }

    /// <summary>The identity of what an engine is made of.</summary>
    internal static SpladeIdentity Of(SpladeParts parts)
    {
        VocabularyPolicy? policy = parts.Policy?.Policy;
        return new SpladeIdentity
        {
            ModelName = parts.Model.Name,
            Dimensions = parts.Tokenizer.Vocabulary.Count,
            VocabularyHash = parts.Tokenizer.Vocabulary.ComputeHash(),
            Pooling = parts.Model.Pooling,
            Activation = parts.Model.Activation,
            InferenceFreeQueries = parts.Model.HasInferenceFreeQueries,
            PolicyHash = policy is { Rules.Count: > 0 } ? policy.Hash : null,
            DocumentPolicyHash = policy?.HashFor(SpladeInputType.Document),
            QueryPolicyHash = policy?.HashFor(SpladeInputType.Query),
        };
    }

    /// <summary>Enough of a hash to tell it from another.</summary>
    private static string Start(string? hash) => hash is null ? "none" : hash[..Math.Min(12, hash.Length)];
}
