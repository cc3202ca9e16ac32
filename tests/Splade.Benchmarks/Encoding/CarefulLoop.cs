using Splade.AI;

namespace Splade.Benchmarks.Encoding;

/// <summary>
/// What a good engineer writes over ONNX Runtime: texts sorted by their tokens, batches of one size, the maximum over real tokens first
/// and on all cores, and the logarithm of what is positive only.
/// </summary>
internal sealed class CarefulLoop(RawLogitsModel model, int batchSize) : IDocumentEncoder
{
    public IReadOnlyList<SparseVector> Encode(IReadOnlyList<string> texts)
    {
        int[][] tokens = [.. texts.Select(model.Tokenize)];
        var vectors = new SparseVector[texts.Count];

        // The longest first: ONNX Runtime gets its memory once.
        foreach (int[] positions in Enumerable.Range(0, texts.Count).OrderByDescending(i => tokens[i].Length).Chunk(batchSize))
        {
            using RawLogits logits = model.Run(Array.ConvertAll(positions, p => tokens[p]));
            float[][] maxima = TokenMaxima.Of(logits);
            for (int i = 0; i < positions.Length; i++)
            {
                vectors[positions[i]] = Activate(maxima[i]);
            }
        }

        return vectors;
    }

    // The model is shared, and disposed by its owner.
    public void Dispose()
    {
    }

    private static SparseVector Activate(ReadOnlySpan<float> maxima)
    {
        var indices = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < maxima.Length; i++)
        {
            if (maxima[i] > 0 && float.LogP1(maxima[i]) is float value and > 0)
            {
                indices.Add(i);
                values.Add(value);
            }
        }

        return new SparseVector(indices.ToArray(), values.ToArray(), maxima.Length);
    }
}
