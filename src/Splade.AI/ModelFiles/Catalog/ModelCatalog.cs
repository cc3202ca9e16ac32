using System.Collections.ObjectModel;
using System.Text.Json;

namespace Splade.AI.ModelFiles.Catalog;

/// <summary>
/// The published models that this library knows of, SPLADE and others: figures with their source, licences, and which of the SPLADE models fits a need.
/// </summary>
/// <remarks>
/// Safe for concurrent use. The list is a part of the library, and nothing is asked of a network. A model that is not on it loads just as well.
/// </remarks>
public static class ModelCatalog
{
    /// <summary>The BEIR-13 nDCG@10 of BM25, in percent: the bar that a model should clear.</summary>
    public const double Bm25BeirNdcg10 = 45.6;

    private const string ResourceName = "ModelCatalog.json";

    private static readonly Lazy<ReadOnlyCollection<CatalogModel>> Known = new(Read);

    /// <summary>Gets all known models, those with the highest BEIR-13 score first, and those that are not SPLADE last.</summary>
    public static IReadOnlyList<CatalogModel> Models => Known.Value;

    /// <summary>The entry of a model, or null if it is not known.</summary>
    /// <param name="id">The model's name on the hub, <c>owner/name</c>, in any case.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is null or blank.</exception>
    public static CatalogModel? Find(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return Models.FirstOrDefault(m => m.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Gets the SPLADE models that meet a need, the best first. A model is left out if a figure that the need asks for is not known.</summary>
    /// <param name="goal">What they are ordered by.</param>
    /// <param name="inferenceFreeQueries">Whether queries must be encoded without a neural network, by a look-up of their tokens.</param>
    /// <param name="maxParameters">The most parameters that a model may have; null for any number.</param>
    /// <param name="allowNonCommercial">Whether models may be among them that must not be used commercially, or of which that is not known.</param>
    /// <param name="allowUnproven">
    /// Whether models may be among them for whose architecture no values of the original library were compared: less than <see cref="ModelEvidence.Architecture"/>.
    /// </param>
    /// <returns>The models; none if no known model fits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The goal is not a member of the enumeration.</exception>
    public static IReadOnlyList<CatalogModel> Recommend(
        ModelGoal goal = ModelGoal.Quality,
        bool inferenceFreeQueries = false,
        long? maxParameters = null,
        bool allowNonCommercial = false,
        bool allowUnproven = false)
    {
        IEnumerable<CatalogModel> fitting = Models.Where(m =>
            m.Kind == EncoderKind.Splade
            && (m.CommercialUse == true || allowNonCommercial)
            && (m.Evidence >= ModelEvidence.Architecture || allowUnproven)
            && (m.InferenceFreeQueries == true || !inferenceFreeQueries)
            && (maxParameters is not long most || m.Parameters <= most));
        IEnumerable<CatalogModel> ordered = goal switch
        {
            ModelGoal.Quality => fitting.Where(m => m.BeirNdcg10 is not null).OrderByDescending(m => m.BeirNdcg10),
            ModelGoal.Speed => fitting.Where(m => m.Parameters is not null && m.BeirNdcg10 > Bm25BeirNdcg10).OrderBy(m => m.Parameters),
            ModelGoal.Size => fitting.Where(m => m.Parameters is not null).OrderBy(m => m.Parameters),
            _ => throw new ArgumentOutOfRangeException(nameof(goal), goal, "Expected a goal of the enumeration."),
        };
        return [.. ordered];
    }

    private static ReadOnlyCollection<CatalogModel> Read()
    {
        using Stream json = typeof(ModelCatalog).Assembly.GetManifestResourceStream(ResourceName)!;
        CatalogModel[] models = JsonSerializer.Deserialize(json, CatalogJsonContext.Default.CatalogModelArray)!;
        return Array.AsReadOnly([.. models.OrderBy(m => m.Kind != EncoderKind.Splade).ThenByDescending(m => m.BeirNdcg10)]);
    }
}
