using Microsoft.Extensions.AI;
using Splade.AI;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>Generators that say in their vectors what they were told.</summary>
internal static class TestGenerators
{
    public const int Words = 64;

    private const string Vocabulary = "the mars venus red planet hot grinder boiler clean weekly";

    /// <summary>One dimension for each word it knows, and one that says whether it was a query.</summary>
    public static TestEmbeddingGenerator<SparseEmbedding> Sparse(object? identity = null) => new()
    {
        GenerateCallback = (texts, options) => new(texts.Select(text => new SparseEmbedding(SparseOf(text, options)))),
        Service = identity,
    };

    /// <summary>A word's first two letters, and whether it was a query.</summary>
    public static TestEmbeddingGenerator<Embedding<float>> Dense() => new()
    {
        GenerateCallback = (texts, options) => new(texts.Select(text => new Embedding<float>(new float[] { text[0], text[1], IsQuery(options) ? 1 : 0 }))),
    };

    public static bool IsQuery(EmbeddingGenerationOptions? options) => options is SpladeEmbeddingGenerationOptions { Encoding.InputType: EmbeddingInputType.Query };

    public static SparseVector SparseOf(string text, EmbeddingGenerationOptions? options = null)
    {
        string[] known = Vocabulary.Split(' ');
        int[] indices = [.. text.ToLowerInvariant().Split(' ', '.', ',').Select(word => Array.IndexOf(known, word)).Where(i => i >= 0).Distinct().Order()];
        return new SparseVector(
            IsQuery(options) ? [.. indices, Words - 1] : indices, [.. Enumerable.Repeat(1f, indices.Length + (IsQuery(options) ? 1 : 0))], Words);
    }
}
