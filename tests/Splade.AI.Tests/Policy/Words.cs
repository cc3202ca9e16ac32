using Splade.AI.Policy;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Policy;

/// <summary>Texts, vectors and bound policies for the vocabulary of splade-tiny, without its model.</summary>
internal static class Words
{
    private static readonly TokenizationOptions OfText = new() { AddSpecialTokens = false };

    public static Tokenizer Tokenizer { get; } = Tokenizer.Load(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"));

    public static Tokenizer TokenizerOf(string fixture)
    {
        string folder = Path.Combine(Repository.TestData, "models", fixture);
        return Tokenizer.Load(Directory.EnumerateFiles(folder, "tokenizer.json", SearchOption.AllDirectories).Order().First());
    }

    public static int[] Ids(string text, Tokenizer? tokenizer = null) => (tokenizer ?? Tokenizer).Encode(text, OfText).Ids.ToArray();

    public static int Id(string token, Tokenizer? tokenizer = null) =>
        (tokenizer ?? Tokenizer).Vocabulary.TryGetId(token, out int id) ? id : throw new ArgumentException(token);

    /// <summary>A vector by its tokens.</summary>
    public static SparseVector Vector(params (string Token, float Weight)[] entries) => Vector(Tokenizer, entries);

    public static SparseVector Vector(Tokenizer tokenizer, params (string Token, float Weight)[] entries)
    {
        float[] dense = new float[tokenizer.Vocabulary.Count];
        foreach ((string token, float weight) in entries)
        {
            dense[Id(token, tokenizer)] = weight;
        }

        return SparseVector.FromDense(dense);
    }

    public static BoundPolicy Bind(params PolicyRule[] rules) => new VocabularyPolicy(rules).Bind(Tokenizer);

    /// <summary>The vector of a document under some rules.</summary>
    public static SparseVector Apply(SparseVector vector, string text, params PolicyRule[] rules) =>
        Bind(rules).Apply(vector, Ids(text), EmbeddingInputType.Document);
}
