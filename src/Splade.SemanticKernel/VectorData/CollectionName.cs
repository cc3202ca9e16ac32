namespace Splade.SemanticKernel.VectorData;

/// <summary>The rule of names of collections.</summary>
internal static class CollectionName
{
    /// <exception cref="ArgumentException">The name is null, blank or not valid UTF-16, of which no folder could keep apart what is broken.</exception>
    public static void Require(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, parameter);
        if (Utf16.FindInvalid(name) is int at)
        {
            throw new ArgumentException(
                $"Found half a surrogate pair (U+{(int)name[at]:X4}) at position {at} of the name of a collection, expected valid UTF-16.", parameter);
        }
    }
}
