namespace Splade.AI;

/// <summary>
/// The names, in what a folder of vectors says that they depend on, of which more is known than that they are compared: those of models, and that of the
/// inverse document frequency.
/// </summary>
internal static class SpaceNames
{
    /// <summary>The name of a model.</summary>
    public const string Model = "model";

    /// <summary>The hash of a model's contents. Folders of before there were hashes have none.</summary>
    public const string ModelHash = "model-hash";

    /// <summary>Who multiplies weights by the inverse document frequency, where they lack it.</summary>
    public const string Idf = "idf";

    /// <summary>Under <see cref="Idf"/>: the store, when it searches.</summary>
    public const string IdfByStore = "store";

    private const string ModelOf = Model + " of ";

    /// <summary>Where the hash of a model stands whose name stands under a name, one for all vectors or that of a column; null for anything else.</summary>
    public static string? HashOf(string name) =>
        name == Model || name.StartsWith(ModelOf, StringComparison.Ordinal) ? ModelHash + name[Model.Length..] : null;
}
