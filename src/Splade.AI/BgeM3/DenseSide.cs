using Microsoft.Extensions.AI;
using Splade.AI.Tokenization;

namespace Splade.AI.BgeM3;

/// <summary>The dense vectors of an encoder as an embedding generator. Safe for concurrent use; owns nothing.</summary>
/// <param name="runner">The model.</param>
/// <param name="encoder">What it is a side of, as programs know it.</param>
internal sealed class DenseSide(BgeM3Runner runner, object encoder) : IEmbeddingGenerator<string, Embedding<float>>, IJointSide, IDeviceUser
{
    public IJointEncoder Joint => runner;

    public IReadOnlyList<string> Devices => runner.Devices;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = Texts.Check(values, nameof(values));
        GeneratorContract.CheckOptions(options, runner.DenseMetadata);
        SpladeEncodingOptions encoding = BgeM3Runner.EncodingOf(options);
        DenseCall.RequireNoActiveDimensions(encoding, runner.Parts.Name);
        return runner.ToDense(await runner.EncodeAsync(texts, encoding, cancellationToken).ConfigureAwait(false));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => GeneratorContract.GetService(
        serviceType, serviceKey, this, runner.DenseMetadata, encoder, runner.Parts.Tokenizer, runner.Parts.Tokenizer.Vocabulary, runner.Fingerprint);

    public void Dispose()
    {
        // The encoder is its owner's.
    }
}
