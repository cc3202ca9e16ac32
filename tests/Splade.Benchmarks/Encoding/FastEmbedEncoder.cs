using Splade.AI;

namespace Splade.Benchmarks.Encoding;

/// <summary>FastEmbed's way: batches in the order of the texts, padded to the longest, and its arithmetic on raw logits.</summary>
internal sealed class FastEmbedEncoder(RawLogitsModel model, int batchSize) : IDocumentEncoder
{
    public IReadOnlyList<SparseVector> Encode(IReadOnlyList<string> texts) => [.. texts.Chunk(batchSize).SelectMany(EncodeBatch)];

    // The model is shared, and disposed by its owner.
    public void Dispose()
    {
    }

    private IReadOnlyList<SparseVector> EncodeBatch(string[] texts)
    {
        using RawLogits logits = model.Run(Array.ConvertAll(texts, model.Tokenize));
        return FastEmbedArithmetic.Pool(logits.Numbers, logits.Batch.Mask, logits.Batch.Rows, logits.Batch.Length);
    }
}
