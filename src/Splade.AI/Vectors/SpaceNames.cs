namespace Splade.AI;

/// <summary>The names, in what a folder of vectors says that they depend on, that are compared in a way of their own.</summary>
internal static class SpaceNames
{
    /// <summary>The name of a model. It counts where one side has no <see cref="ModelHash"/>.</summary>
    public const string Model = "model";

    /// <summary>The hash of a model's contents. It counts where both sides have one: folders of before there were hashes have none.</summary>
    public const string ModelHash = "model-hash";
}
