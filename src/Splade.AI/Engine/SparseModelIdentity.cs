using System.Globalization;
using System.Text.Json.Serialization;
using Splade.AI.ModelFiles;

namespace Splade.AI;

/// <summary>
/// Describes what the vectors of a sparse encoder depend on, in a few words and hashes: kept beside stored vectors, it tells later whether those of
/// another encoder may be compared with them.
/// </summary>
/// <remarks>
/// <para>
/// Immutable. Serialises with <see cref="SpladeJsonUtilities.DefaultOptions"/>. Two are equal if all of their properties are.
/// </para>
/// <para>
/// Not in it is what changes vectors a little and leaves them comparable: <see cref="Precision"/>, limits of tokens and of entries, dropped
/// special tokens, and a prompt or another option that a call says.
/// </para>
/// </remarks>
public sealed record SparseModelIdentity
{
    /// <summary>Gets the model's name. It tells models apart only where one of them has no <see cref="ModelHash"/>.</summary>
    public required string ModelName { get; init; }

    /// <summary>
    /// Gets a hash (SHA-256, in lower-case hexadecimal digits) over the contents of the model's files and over its pooling and prompts;
    /// <see langword="null"/> in what was kept before there was one.
    /// </summary>
    /// <remarks>
    /// With it a model that was trained again is another one under the same name, and a copy of a model under another name is the same. Identities of
    /// which one has none are compared by their names.
    /// </remarks>
    public string? ModelHash { get; init; }

    /// <summary>Gets the size of the vectors: that of the vocabulary, or of the space that terms are hashed into.</summary>
    public required int Dimensions { get; init; }

    /// <summary>
    /// Gets the SHA-256 over the tokens of the vocabulary in the order of their ids, in lower-case hexadecimal digits; <see langword="null"/> where terms
    /// have no ids, because they are hashed.
    /// </summary>
    public string? VocabularyHash { get; init; }

    /// <summary>Gets how the weights of a text's tokens become one; <see langword="null"/> if the encoder has only one way.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<PoolingStrategy>))]
    public PoolingStrategy? Pooling { get; init; }

    /// <summary>Gets what makes a weight of a logit; <see langword="null"/> if the encoder has only one way.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SpladeActivation>))]
    public SpladeActivation? Activation { get; init; }

    /// <summary>
    /// Gets a value indicating whether the weights lack the inverse document frequency, which the store has to multiply at query time, as Qdrant does with
    /// its modifier <c>idf</c>. Without it the ranking is poor.
    /// </summary>
    public bool RequiresIdf { get; init; }

    /// <summary>Gets a value indicating whether queries are looked up in a table.</summary>
    public bool InferenceFreeQueries { get; init; }

    /// <summary>Gets the hash of the vocabulary policy; null without one, or with one that has no rules.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>Gets the hash of the rules of the policy that documents are under; null if there are none.</summary>
    public string? DocumentPolicyHash { get; init; }

    /// <summary>Gets the hash of the rules of the policy that queries are under; null if there are none.</summary>
    public string? QueryPolicyHash { get; init; }

    /// <summary>In which ways vectors of this identity are others than those of another, in words; nothing if they may be compared.</summary>
    /// <param name="other">The other, for example that of the engine at hand.</param>
    /// <param name="inputType">
    /// Which vectors are meant: those of documents, as an index holds them, or of queries; null for both. A policy for queries does not
    /// make the vectors of documents others.
    /// </param>
    /// <returns>One text for each difference, such as <c>the model is 'a' instead of 'b'</c>: what is here, then what is in the other.</returns>
    public IReadOnlyList<string> DifferencesFrom(SparseModelIdentity other, EmbeddingInputType? inputType = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        var found = new List<string>();
        if (ModelHash is null || other.ModelHash is null)
        {
            Add("the model is", ModelName, other.ModelName, name => $"'{name}'");
        }
        else if (ModelHash != other.ModelHash)
        {
            found.Add(
                $"the model is '{ModelName}' ({Start(ModelHash)}) instead of '{other.ModelName}' ({Start(other.ModelHash)}): "
                + "its files, pooling or prompts are others");
        }

        Add("the dimensions are", Dimensions, other.Dimensions, count => $"{count}");
        Add("the vocabulary has the hash", VocabularyHash, other.VocabularyHash, Start);
        Add("the pooling is", Pooling, other.Pooling, pooling => pooling?.ToString() ?? "none");
        Add("the activation is", Activation, other.Activation, activation => activation?.ToString() ?? "none");
        Add("the inverse document frequency is", RequiresIdf, other.RequiresIdf, isRequired => isRequired ? "the store's to add" : "in the weights");
        Add("queries are", InferenceFreeQueries, other.InferenceFreeQueries, areLookedUp => areLookedUp ? "looked up in a table" : "encoded by the model");
        if (inputType != EmbeddingInputType.Query)
        {
            Add("the vocabulary policy for documents is", DocumentPolicyHash, other.DocumentPolicyHash, Start);
        }

        if (inputType != EmbeddingInputType.Document)
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

    /// <summary>
    /// Gets what the vectors of documents depend on, for <see cref="Search.SearchIndexOptions.EmbeddingSpace"/>: an index refuses those of another model.
    /// </summary>
    public IReadOnlyDictionary<string, string> ToEmbeddingSpace()
    {
        var space = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [SpaceNames.Model] = ModelName,
            ["dimensions"] = Dimensions.ToString(CultureInfo.InvariantCulture),
        };
        Add("vocabulary", VocabularyHash);
        Add("pooling", Pooling?.ToString());
        Add("activation", Activation?.ToString());
        Add(SpaceNames.ModelHash, ModelHash);
        Add("policy", DocumentPolicyHash);
        Add(SpaceNames.Idf, RequiresIdf ? SpaceNames.IdfByStore : null);
        return space;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                space[name] = value;
            }
        }
    }

    /// <summary>Enough of a hash to tell it from another.</summary>
    private static string Start(string? hash) => hash is null ? "none" : hash[..Math.Min(12, hash.Length)];
}
