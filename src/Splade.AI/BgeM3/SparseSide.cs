using Microsoft.Extensions.AI;
using Splade.AI.Tokenization;

namespace Splade.AI.BgeM3;

/// <summary>The lexical weights of an encoder as an embedding generator. Safe for concurrent use; owns nothing.</summary>
/// <param name="runner">The model.</param>
/// <param name="encoder">What it is a side of, as programs know it.</param>
internal sealed class SparseSide(BgeM3Runner runner, object encoder) : IEmbeddingGenerator<string, SparseEmbedding>, IJointSide, IDeviceUser
{
    public IJointEncoder Joint => runner;

    public IReadOnlyList<string> Devices => runner.Devices;

    public async Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = Texts.Check(values, nameof(values));
        GeneratorContract.CheckOptions(options, runner.SparseMetadata, GeneratorContract.FewerEntries);
        return runner.ToSparse(await runner.EncodeAsync(texts, BgeM3Runner.EncodingOf(options), cancellationToken).ConfigureAwait(false));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(SparseModelIdentity)
            ? runner.Identity // Made when it is asked for: files are read for it.
            : GeneratorContract.GetService(
                serviceType, serviceKey, this, runner.SparseMetadata, encoder, runner.Parts.Tokenizer, runner.Parts.Tokenizer.Vocabulary);

    public void Dispose()
    {
        // The encoder is its owner's.
    }
}
