namespace Splade.Cli.Health;

/// <summary>Ordinary texts, of one line to one paragraph: what agreement is measured on where a user gives none.</summary>
internal static class AgreementTexts
{
    public static IReadOnlyList<string> All { get; } =
    [
        "How long do refunds take?",
        "Reset a forgotten password",
        "The tide comes in twice a day because the Moon pulls on the near side of the ocean more than on the far side.",
        "Water boils at 100 degrees Celsius at sea level and at about 93 degrees in a town 2,000 metres above it, so that pasta takes longer there.",
        "The court found that the company had not paid its workers for three months, and the shares fell by 8% within a week.",
        "To install the driver, open the settings, choose a printer and follow the steps on the screen. "
        + "If the printer is not in the list, switch it off and on.",
        "Aspirin thins the blood. It is given after a heart attack, and it should not be taken with other thinners unless a doctor says so.",
        "A pointer that is used after its memory was freed may read what another part of the program has written there since.",
        "The orchestra opened with a late symphony of Mozart, played without a break between the slow movement and the minuet.",
        "Bees tell each other the way to flowers by a dance: its angle to the vertical is the angle of the flight to the sun, and its length the distance.",
        "In 1969 two astronauts walked on the Moon for two and a half hours, collected 21 kilograms of rock "
        + "and left a mirror that lasers on Earth still aim at.",
        "Knead the dough for ten minutes, let it rise under a cloth until it has doubled, shape it into a loaf and bake it at 230 degrees for half an hour.",
        "Interest that is added to a loan bears interest itself. At 7 percent a year a debt doubles in about ten years if nothing is paid back.",
        "Lithium cells age faster when they are kept full and hot; a charge of 40 to 60 percent in a cool room keeps most of their capacity over a year.",
        "The glacier has lost a third of its length since it was first measured. In summer its meltwater drives the turbines in the valley, in winter "
        + "they stand still. When the ice is gone the river will follow the rain alone, and the farmers below will need reservoirs for the dry months.",
        "A wing lifts because it turns the air that flows past it downwards. When the angle to the stream grows too steep the flow leaves the upper side, "
        + "the lift breaks down and the drag rises: the wing stalls. Flaps and slats make the wing more curved and delay that to slower speeds, "
        + "for landing and take-off.",
    ];
}
