namespace Splade.AI;

/// <summary>The names, in what a folder of vectors says that they depend on, that are compared in a way of their own: those of models.</summary>
internal static class SpaceNames
{
    /// <summary>The name of a model.</summary>
    public const string Model = "model";

    /// <summary>The hash of a model's contents. Folders of before there were hashes have none.</summary>
    public const string ModelHash = "model-hash";

    private const string ModelOf = Model + " of ";

    /// <summary>Where the hash of a model stands whose name stands under a name, one for all vectors or that of a column; null for anything else.</summary>
    public static string? HashOf(string name) =>
        name == Model || name.StartsWith(ModelOf, StringComparison.Ordinal) ? ModelHash + name[Model.Length..] : null;
}
