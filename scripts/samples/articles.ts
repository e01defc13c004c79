/** A short article on one topic: plain facts, so that a model trained on them has something to learn. */
export interface Article {
  slug: string
  title: string
  paragraphs: string[]
}

export const ARTICLES: readonly Article[] = [
  {
    slug: 'sourdough-starter',
    title: 'Keeping a sourdough starter alive',
    paragraphs: [
      'A sourdough starter is a culture of wild yeast and lactic acid bacteria that lives in a paste of flour and water. The yeast makes the gas that lifts the bread; the bacteria make the acids that give it flavour and keep mould away.',
      'Feed it by weight. One part old starter, one part flour and one part water is a common ratio. At 24 degrees Celsius such a feeding doubles in volume within four to eight hours. A colder kitchen slows it down, and a warmer one speeds it up.',
      'The float test shows whether it is ready: a spoonful dropped into water floats when enough gas is trapped inside. If it sinks, wait an hour and try again, or feed it twice a day for a few days.',
      'A starter in the refrigerator needs food only once a week. Grey liquid on top is alcohol and water, a sign of hunger rather than of decay. Pour it off or stir it in. Pink or orange streaks mean that the culture is spoiled, and it must be thrown away.',
    ],
  },
  {
    slug: 'bicycle-gears',
    title: 'How bicycle gears work',
    paragraphs: [
      'A bicycle gear is a ratio between two toothed wheels. With 48 teeth on the chainring at the pedals and 16 on the sprocket at the wheel, the wheel turns three times for each turn of the pedals.',
      'A high ratio covers much ground with each turn but needs force; a low ratio climbs hills easily but the legs spin fast. Riders change gear to keep the rate of pedalling, called cadence, between about seventy and ninety turns a minute.',
      'A derailleur moves the chain sideways from one sprocket to the next. Two small jockey wheels under it guide the chain and take up the slack. The limit screws keep the chain from falling into the spokes or off the smallest sprocket, and the cable tension decides where each click lands.',
      'Hub gears hide planetary wheels inside the hub. They need little care and can be shifted while standing still, yet they weigh more and lose a little more energy to friction. A worn chain stretches and wears the teeth, so measure it every thousand kilometres.',
    ],
  },
  {
    slug: 'tides',
    title: 'Why the sea rises twice a day',
    paragraphs: [
      'Tides come from the difference in the pull of the Moon across the width of the Earth. The side that faces the Moon is pulled more strongly than the centre, and the far side less, so the oceans bulge in two opposite directions.',
      'As the planet turns beneath these bulges, most coasts meet two high waters and two low waters in about 24 hours and 50 minutes. The extra fifty minutes are there because the Moon moves along its orbit while the Earth rotates.',
      'The Sun adds a tide a little less than half as strong. When Sun, Moon and Earth stand in line, at new and full moon, the two add up to a spring tide. At the half moons they work against each other and give a weaker neap tide.',
      'The shape of the coast matters more than astronomy for the height in a harbour. In the Bay of Fundy in Canada the water may rise by sixteen metres, because the basin resonates with the rhythm of the tide. In the Mediterranean it rarely moves by more than a few decimetres.',
    ],
  },
  {
    slug: 'binary-search',
    title: 'Binary search and its traps',
    paragraphs: [
      'Binary search finds a value in a sorted list by looking at the middle element and throwing away the half that cannot contain the value. Each comparison halves what is left, so a million entries take at most twenty comparisons.',
      'Keep two bounds, low and high, and decide once whether high itself belongs to the range. Most faulty versions mix the two conventions and either skip the last element or never stop. A half-open range, in which high is excluded, is the easiest to get right: the loop runs while low is smaller than high.',
      'In languages with fixed-width integers the sum of low and high may overflow. Compute the middle as low plus half of the difference. This bug lived in widely used libraries for many years before anyone had lists that were long enough to meet it.',
      'The same idea searches for the first version that fails a test, for the smallest machine that carries a load, or for the root of a growing function. What is needed is a question whose answer changes from no to yes exactly once.',
    ],
  },
  {
    slug: 'composting',
    title: 'Turning kitchen waste into compost',
    paragraphs: [
      'Compost is made by bacteria, fungi, worms and insects that eat dead plants. They need food with the right balance of carbon and nitrogen, air, and as much moisture as a wrung-out sponge holds.',
      'Brown material such as dry leaves, straw and cardboard brings carbon. Green material such as vegetable peelings, coffee grounds and cut grass brings nitrogen. Two or three buckets of brown for one bucket of green keep a heap from smelling.',
      'A heap of about one cubic metre holds its own heat and can reach sixty degrees in the middle, which kills most seeds of weeds. Turn it with a fork every two weeks to let air in. If it smells of ammonia, add brown; if nothing happens, add green and water.',
      'Leave out meat, bones, dairy products and the droppings of cats and dogs, since these attract rats and may carry disease. After six to twelve months the material is dark, crumbly and smells like a forest floor. Spread two centimetres of it on a bed in spring.',
    ],
  },
  {
    slug: 'public-key-signatures',
    title: 'What a digital signature proves',
    paragraphs: [
      'A digital signature is a number that only the holder of a private key can compute for a given message, and that anyone with the matching public key can verify. It proves two things: who signed, and that not one bit was altered afterwards.',
      'The message is first reduced to a short digest by a hash function. The signature covers the digest. If someone could find two messages with the same digest, a signature for one would be valid for the other, which is why broken hash functions must be retired.',
      'Elliptic curve schemes need a fresh secret number for every signature. If the same number is used twice, simple algebra reveals the private key. Modern libraries derive it from the key and the message, so that a weak random generator does no harm.',
      'A signature does not say when it was made, nor that the signer understood what was signed. Protocols therefore put the purpose, the network and a counter or a deadline inside the message, so that a signature made for one place cannot be replayed at another.',
    ],
  },
  {
    slug: 'reading-a-topographic-map',
    title: 'Reading a topographic map',
    paragraphs: [
      'Contour lines join points of equal height. Where they lie close together the slope is steep, and where they are far apart the land is gentle. The interval between two lines is printed in the legend, often ten or twenty metres.',
      'Valleys and ridges both appear as a series of bends. In a valley the bends point uphill, towards the source of the stream; on a ridge they point downhill. Closed rings mark summits, and rings with small ticks on the inside mark hollows.',
      'To find your bearing, lay the edge of the compass from where you are to where you want to go, turn the housing until its lines run along the north lines of the map, and follow the needle. Correct for declination, the angle between magnetic and true north, which changes from place to place and slowly with time.',
      'Estimate walking time with a simple rule: one hour for every four kilometres, and another hour for every four hundred metres of climb. Add breaks, and add more for snow, heat or a heavy load.',
    ],
  },
  {
    slug: 'honeybee-dance',
    title: 'The waggle dance of the honeybee',
    paragraphs: [
      'A forager that has found a rich patch of flowers tells her sisters where it is by dancing on the comb. She runs in a straight line while shaking her abdomen, circles back, and repeats the run, sometimes dozens of times.',
      'The angle of the run against the vertical equals the angle between the flowers and the sun. Straight up means towards the sun. Inside the dark hive gravity stands in for the sky, and as the sun moves the dancer shifts the angle to match.',
      'Distance is coded in time: about one second of shaking stands for roughly a kilometre. Bees judge it by how much scenery streams past their eyes, so a flight through a narrow patterned tunnel makes them dance for a place much further away.',
      'The followers also smell the nectar on her body. Karl von Frisch decoded the language in the first half of the twentieth century and shared a Nobel Prize for it in 1973. Swarms use the same dance to choose a new home, with scouts voting until a quorum agrees.',
    ],
  },
  {
    slug: 'concrete-and-cement',
    title: 'Why concrete hardens under water',
    paragraphs: [
      'Cement is the grey powder; concrete is the stone that forms when cement, water, sand and gravel are mixed. It does not dry, it reacts. Calcium silicates in the powder bind water into a mesh of tiny crystals that grips the gravel, and the reaction continues below the surface of a lake.',
      'The ratio of water to cement decides the strength. Too much water leaves pores when it finally evaporates, and too little leaves powder that never reacts. Builders measure the slump of a cone of wet concrete to check the mix before they pour.',
      'After one day it carries footsteps, after a week about two thirds of its design load, and after twenty-eight days it is tested by crushing cylinders. Hot weather speeds the reaction and may crack the surface, so it is kept wet and covered while it cures.',
      'Concrete resists pressure well and tension badly, and this is why steel bars are laid where a beam would stretch. The alkaline paste protects the steel from rust for decades, until carbon dioxide or road salt works its way in.',
    ],
  },
  {
    slug: 'musical-scales',
    title: 'Where musical scales come from',
    paragraphs: [
      'Two notes an octave apart sound like the same note because one string vibrates exactly twice as fast as the other. Between them each culture picks its own steps. The pentatonic scale, with five, appears in folk songs from Scotland to Java.',
      'Simple ratios sound smooth. Three to two is a fifth, four to three is a fourth, five to four is a major third. Stacking twelve fifths almost returns to the starting note, seven octaves higher, but overshoots by about a quarter of a semitone. This gap is called the Pythagorean comma.',
      'Tuners hid the comma in different places over the centuries. Meantone temperament kept thirds pure and left one howling interval that composers avoided. Equal temperament spreads the error over all twelve semitones, each a factor of the twelfth root of two, so that every key is equally usable and slightly impure.',
      'The major scale follows the pattern of two whole tones, a semitone, three whole tones and a semitone. Start the same pattern on its sixth note and it becomes the natural minor, which most listeners describe as darker.',
    ],
  },
]
