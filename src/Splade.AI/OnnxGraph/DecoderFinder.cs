namespace Splade.AI.OnnxGraph;

/// <summary>Finds the vocabulary decoder by its shape, not by names: the last MatMul or Gemm before an output as wide as the vocabulary.</summary>
internal static class DecoderFinder
{
    public static DecoderSearch Find(OnnxFile file, int vocabulary)
    {
        var reasons = new List<string>();
        foreach (OnnxValue output in file.Outputs)
        {
            if (OutputReason(output, vocabulary) is string reason)
            {
                reasons.Add(reason);
                continue;
            }

            var walk = new DecoderWalk(file, vocabulary);
            if (walk.From(output.Name) is Decoder decoder)
            {
                return new DecoderSearch(decoder, Reason: null);
            }

            // The output that should have a decoder tells more than the others.
            reasons.Insert(0, walk.Reason);
        }

        return new DecoderSearch(Decoder: null, reasons.FirstOrDefault() ?? "it has no output");
    }

    /// <summary>Why an output cannot be the logits of each token; null if it can.</summary>
    private static string? OutputReason(OnnxValue output, int vocabulary) => output.Dimensions switch
    {
        null or [_, _, null] => null,
        [_, _, long width] when width == vocabulary => null,
        [_, _, long width] => $"its output '{output.Name}' has {width} numbers for each token, not one for each of the {vocabulary} entries of the vocabulary",
        _ => $"it pools inside the model: its output '{output.Name}' has {output.Dimensions.Count} dimensions, not texts, tokens and vocabulary",
    };
}
