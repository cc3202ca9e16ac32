namespace Splade.AI.OnnxGraph;

/// <summary>Where the numbers of a tensor are.</summary>
internal abstract record TensorStorage
{
    /// <summary>In the model, little-endian, one after the other.</summary>
    internal sealed record Raw(Piece Data) : TensorStorage;

    /// <summary>In the model, in fields of their own type.</summary>
    internal sealed record Typed(IReadOnlyList<ProtoField> Fields) : TensorStorage;

    /// <summary>In another file, given relative to the model's folder. Null for what is not said.</summary>
    internal sealed record External(string Location, long Offset, long? Length) : TensorStorage;
}
