using Microsoft.Extensions.AI;
using Splade.AI;
using Splade.AI.Explanation;
using Splade.AI.ModelFiles;

namespace Splade.Cli.Terminal;

/// <summary>A sparse encoder of any kind, loaded. Disposing it frees the model.</summary>
internal sealed class SparseModel : IDisposable, IAsyncDisposable
{
    public SparseModel(IEmbeddingGenerator<string, SparseEmbedding> generator)
    {
        Generator = generator;
        Engine = generator.GetService<SpladeEngine>();
        (Kind, MaxTokens) = Engine is not null ? (EncoderKind.Splade, Engine.MaxTokens)
            : generator.GetService<Bm42EmbeddingGenerator>() is { } bm42 ? (EncoderKind.Bm42, bm42.MaxTokens)
            : generator.GetService<BgeM3Encoder>() is { } bgeM3 ? (EncoderKind.BgeM3, bgeM3.MaxTokens)
            : (EncoderKind.Bm25, (int?)null);
    }

    public IEmbeddingGenerator<string, SparseEmbedding> Generator { get; }

    public EncoderKind Kind { get; }

    /// <summary>The engine of a SPLADE model; null for another kind.</summary>
    public SpladeEngine? Engine { get; }

    public string Name => Generator.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelId!;

    /// <summary>The most tokens of a text that are read; null where texts are read to their end.</summary>
    public int? MaxTokens { get; }

    /// <summary>What its vectors depend on. Files are read for it.</summary>
    public SparseModelIdentity Identity => Generator.GetRequiredService<SparseModelIdentity>();

    public ISparseExplainer Explainer => Generator.GetRequiredService<ISparseExplainer>();

    public async Task<IReadOnlyList<SpladeEncoding>> EncodeAsync(
        IEnumerable<string> texts, SpladeEncodingOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Engine is not null)
        {
            return await Engine.EncodeAsync(texts, options, cancellationToken).ConfigureAwait(false);
        }

        GeneratedEmbeddings<SparseEmbedding> embeddings = await Generator
            .GenerateAsync(texts, new SpladeEmbeddingGenerationOptions { Encoding = options ?? new() }, cancellationToken).ConfigureAwait(false);
        return [.. embeddings.Select(e => new SpladeEncoding(e.Vector, e.TokenCount ?? 0, e.Truncated))];
    }

    public void Dispose() => Generator.Dispose();

    public async ValueTask DisposeAsync()
    {
        if (Generator is IAsyncDisposable generator)
        {
            await generator.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            Generator.Dispose();
        }
    }
}
