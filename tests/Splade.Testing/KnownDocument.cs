using Splade.AI;

namespace Splade.Testing;

/// <summary>
/// The vector of "Chandrayaan-3 is India's third lunar mission" that FastEmbed's documentation shows for SPLADE++ (BERT's vocabulary).
/// </summary>
internal static class KnownDocument
{
    public static SparseVector Vector { get; } = new(
        [
            1010, 1011, 1016, 1017, 2001, 2018, 2034, 2093, 2117, 2319, 2353, 2509, 2634, 2686, 2796, 2817, 2922,
            2959, 3003, 3148, 3260, 3390, 3462, 3523, 3822, 4231, 4316, 4774, 5590, 5871, 6416, 11926, 12076, 16469,
        ],
        [
            .05297208f, .01963477f, .36459631f, 1.38508618f, .71776593f, .12667948f, .46230844f, .446771f, .26897505f,
            1.01519883f, 1.5655334f, .29412213f, 1.53102326f, .59785569f, 1.1001817f, .02079751f, .09955651f,
            .44249091f, .09747757f, 1.53519952f, 1.36765671f, .15740395f, .49882549f, .38629025f, .76612782f,
            1.25805044f, .39058095f, .27236196f, .45152301f, .48262018f, .26085234f, 1.35912788f, .70710695f, 1.71639752f,
        ],
        30522);
}
