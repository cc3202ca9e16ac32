namespace Splade.AI.OnnxGraph;

/// <summary>Rewrites a model that is an encoder alone, such as a dense one, for processors. It keeps its outputs; the file stays as it is.</summary>
internal sealed class EncoderRewriter(OnnxFile file)
{
    /// <summary>Axes have been counted from the end since this version.</summary>
    private const int OldestOpset = 11;

    /// <summary>What to carry and what to point to.</summary>
    public RewriteSettings Settings { get; init; } = RewriteSettings.Default;

    /// <summary>The model in the form that ONNX Runtime fuses and soon loads: what it gives differs by rounding.</summary>
    /// <returns>Null if it has that form.</returns>
    public RewrittenModel? Fuse()
    {
        var edit = new GraphEdit(file);
        return FusiblePatterns.Apply(file, edit) + StoredTables.Apply(file, edit) > 0 ? edit.Finish(Settings) : null;
    }

    /// <summary>The same with its products in small integers: what it gives differs by what quantisation loses.</summary>
    /// <returns>Null if it has no products with constant matrices of floats.</returns>
    public RewrittenModel? Quantise()
    {
        IReadOnlyList<WeightProduct> products = WeightProductFinder.Find(file, file.Outputs.Select(o => o.Name));
        if (products.Count == 0 || file.Opset < OldestOpset)
        {
            return null;
        }

        var edit = new GraphEdit(file);
        FusiblePatterns.Apply(file, edit);
        StoredTables.Apply(file, edit);
        new TokenQuantiser(file, edit).Quantise(products);
        return edit.Finish(Settings);
    }
}
