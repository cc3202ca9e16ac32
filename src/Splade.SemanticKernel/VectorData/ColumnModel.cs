namespace Splade.SemanticKernel.VectorData;

/// <summary>The model that the vectors of a column come from, in words.</summary>
/// <param name="Named">What it is called, and what its vectors depend on: all that is known of it by name.</param>
/// <param name="Hashed">The same with the hash of its contents in place of the name; null where that is not known.</param>
/// <param name="RequiresIdf">Whether its vectors lack the inverse document frequency, by which queries have to be multiplied.</param>
internal sealed record ColumnModel(string Named, string? Hashed, bool RequiresIdf = false)
{
    /// <summary>Whether what records depend on says that queries of a column have to be multiplied by the inverse document frequency.</summary>
    public static bool IsIdfRequired(IReadOnlyDictionary<string, string> space, string column) => space.ContainsKey(IdfOf(column));

    /// <summary>Says it where a table remembers what its records depend on, under the names that tables compare models by.</summary>
    public void AddTo(Dictionary<string, string> space, string column)
    {
        space[$"model of {column}"] = Named;
        if (Hashed is not null)
        {
            space[$"model-hash of {column}"] = Hashed;
        }

        if (RequiresIdf)
        {
            space[IdfOf(column)] = "store";
        }
    }

    private static string IdfOf(string column) => $"idf of {column}";
}
