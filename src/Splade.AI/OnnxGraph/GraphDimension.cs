namespace Splade.AI.OnnxGraph;

/// <summary>A length of a declared shape: a number, or a name that is the same wherever the length is, or null where it is left open.</summary>
internal readonly record struct GraphDimension
{
    private GraphDimension(long? length, string? name) => (Length, Name) = (length, name);

    public long? Length { get; }

    public string? Name { get; }

    public static implicit operator GraphDimension(long length) => new(length, name: null);

    public static implicit operator GraphDimension(string? name) => new(length: null, name);

    /// <summary>Its message.</summary>
    public ProtoWriter Write() => this switch
    {
        { Length: long length } => new ProtoWriter().Varint(OnnxFields.Type.DimensionValue, length),
        { Name: string name } => new ProtoWriter().Text(OnnxFields.Type.DimensionName, name),
        _ => new ProtoWriter(),
    };
}
