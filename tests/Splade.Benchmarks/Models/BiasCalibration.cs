using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Encoding;

namespace Splade.Benchmarks.Models;

/// <summary>
/// Finds the decoder bias that leaves so many entries positive. Without it half of the vocabulary would be, since random weights have no
/// reason to be below zero, and making vectors of fifteen thousand entries would be measured.
/// </summary>
internal static class BiasCalibration
{
    private const int Documents = 8;

    /// <param name="modelFolder">A model whose bias is 0.</param>
    /// <param name="activeEntries">How many entries of a vector are to be positive, on average.</param>
    public static float Find(string modelFolder, int activeEntries)
    {
        using var model = new RawLogitsModel(modelFolder);
        var generator = new TextGenerator(model.Tokenizer);
        var all = new List<float>();
        for (int i = 0; i < Documents; i++)
        {
            using RawLogits logits = model.Run([model.Tokenize(generator.Text((int)TextGenerator.MeanTokens, seed: i))]);
            all.AddRange(TokenMaxima.Of(logits)[0]);
        }

        return -all.OrderDescending().ElementAt(activeEntries * Documents);
    }
}
