using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>
/// Encodes texts with a sparse and a dense generator: in one run where they are the two sides of one encoder; at once, unless both work on the same
/// devices, where they would only wait for each other.
/// </summary>
internal static class BothSides
{
    /// <param name="sparse">The sparse generator; null for none.</param>
    /// <param name="dense">The dense generator; null for none.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="inputType">What they are.</param>
    /// <param name="cancellationToken">Ends the work early. Where one side fails, the other is ended too.</param>
    /// <exception cref="InvalidOperationException">A generator returned another number of embeddings than it was given texts.</exception>
    public static async Task<(GeneratedEmbeddings<SparseEmbedding>? Sparse, GeneratedEmbeddings<Embedding<float>>? Dense)> EncodeAsync(
        IEmbeddingGenerator<string, SparseEmbedding>? sparse,
        IEmbeddingGenerator<string, Embedding<float>>? dense,
        string[] texts,
        EmbeddingInputType inputType,
        CancellationToken cancellationToken)
    {
        if (sparse is IJointSide { Joint: IJointEncoder encoder } && dense is IJointSide other && ReferenceEquals(encoder, other.Joint))
        {
            return await encoder.GenerateBothAsync(texts, Options(inputType), cancellationToken).ConfigureAwait(false);
        }

        if (sparse is null || dense is null || Devices(sparse).Intersect(Devices(dense)).Any())
        {
            return (
                sparse is null ? null : await EncodeAsync(sparse, texts, inputType, cancellationToken).ConfigureAwait(false),
                dense is null ? null : await EncodeAsync(dense, texts, inputType, cancellationToken).ConfigureAwait(false));
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<GeneratedEmbeddings<SparseEmbedding>> sparseSide = EncodeAsync(sparse, texts, inputType, either.Token);
        Task<GeneratedEmbeddings<Embedding<float>>> denseSide = EncodeAsync(dense, texts, inputType, either.Token);
        Task first = await Task.WhenAny(sparseSide, denseSide).ConfigureAwait(false);
        if (!first.IsCompletedSuccessfully)
        {
            await either.CancelAsync().ConfigureAwait(false);
        }

        // Throws what failed, not the cancellation that followed from it.
        await Task.WhenAll(sparseSide, denseSide).ConfigureAwait(false);
        return (sparseSide.Result, denseSide.Result);
    }

    private static SpladeEmbeddingGenerationOptions Options(EmbeddingInputType inputType) => new() { Encoding = { InputType = inputType } };

    private static IReadOnlyList<string> Devices(IEmbeddingGenerator generator) => (generator.GetService(typeof(IDeviceUser)) as IDeviceUser)?.Devices ?? [];

    private static async Task<GeneratedEmbeddings<TEmbedding>> EncodeAsync<TEmbedding>(
        IEmbeddingGenerator<string, TEmbedding> generator, string[] texts, EmbeddingInputType inputType, CancellationToken cancellationToken)
        where TEmbedding : Embedding
    {
        GeneratedEmbeddings<TEmbedding> embeddings = await generator.GenerateAsync(texts, Options(inputType), cancellationToken).ConfigureAwait(false);
        return embeddings.Count == texts.Length
            ? embeddings
            : throw new InvalidOperationException(
                $"Found {embeddings.Count} embeddings for {texts.Length} texts, expected one for each. Check the generator {generator.GetType()}.");
    }
}
