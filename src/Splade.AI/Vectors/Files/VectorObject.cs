namespace Splade.AI.Vectors.Files;

/// <summary>
/// What stands for a sparse vector in JSON: <c>{"indices":[..],"values":[..],"dimensions":30522}</c>, or <c>{"base64":".."}</c> with the
/// bytes of a <see cref="SparseVectorFile"/> of one vector, which bring their checksum.
/// </summary>
internal sealed record VectorObject
{
    public ReadOnlyMemory<int>? Indices { get; init; }

    public ReadOnlyMemory<float>? Values { get; init; }

    public int? Dimensions { get; init; }

    public byte[]? Base64 { get; init; }

    public static VectorObject From(SparseVector vector, bool compact)
    {
        if (!compact)
        {
            return new VectorObject { Indices = vector.IndexMemory, Values = vector.ValueMemory, Dimensions = vector.Dimensions };
        }

        using var file = new MemoryStream();
        SparseVectorFile.Write(file, [new SavedVector(vector)]);
        return new VectorObject { Base64 = file.ToArray() };
    }

    /// <exception cref="FormatException">Something is missing, or there is too much.</exception>
    /// <exception cref="ArgumentException">The entries break a rule of <see cref="SparseVector"/>.</exception>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public SparseVector ToVector() => this switch
    {
        { Base64: byte[] file, Indices: null, Values: null, Dimensions: null } => Read(file),
        { Base64: null, Indices: { } indices, Values: { } values, Dimensions: int dimensions } => new SparseVector(indices.Span, values.Span, dimensions),
        _ => throw new FormatException("Expected 'indices', 'values' and 'dimensions', or 'base64' alone."),
    };

    private static SparseVector Read(byte[] file)
    {
        SavedVector[] vectors = [.. SparseVectorFile.Read(new MemoryStream(file))];
        return vectors is [SavedVector only] ? only.Vector : throw new FormatException($"Found {vectors.Length} vectors in 'base64', expected one.");
    }
}
